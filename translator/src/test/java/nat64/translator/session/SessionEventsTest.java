// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionEvent;
import nat64.translator.session.record.SessionEvent.Bound;
import nat64.translator.session.record.SessionEvent.Changed;
import nat64.translator.session.record.SessionEvent.Closed;
import nat64.translator.session.record.SessionEvent.Opened;
import nat64.translator.session.record.SessionEvent.Unbound;
import nat64.translator.session.record.SessionEvents;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionEnd;
import nat64.translator.session.table.TcpState;
import nat64.translator.testing.Allocations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the tables tell of their changes. */
class SessionEventsTest {

    private final Arena arena = Arena.ofShared();
    private final SessionTables tables = TestTables.tables(arena, TestTables.rules(), 100);
    private final SessionEvents events = new SessionEvents(arena, 64, tables::pref64s);
    private final ProtocolTables tcp = tables.of(Protocol.TCP);

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void tellTheWholeLifeOfASession() {
        tables.listen(events);
        int row = TestTables.open(tables, Protocol.TCP, 1, 4000, 80);
        var opened = session(row, 0);
        tcp.state(row, TcpState.ESTABLISHED, 10);
        var established = session(row, 10);
        tcp.endNow(row, SessionEnd.IDLE, 20);

        var closed = new SessionRecord(
                opened.binding(),
                opened.remote(),
                80,
                TestTables.PREF64,
                new nat64.translator.session.record.SessionState(
                        TcpState.ESTABLISHED, false, false, java.time.Duration.ofMillis(119_980)));
        assertThat(poll())
                .containsExactly(
                        new Bound(0, opened.binding()),
                        new Opened(0, opened),
                        new Changed(10, established),
                        new Closed(20, closed),
                        new Unbound(20, opened.binding()));
    }

    @Test
    void tellOfBindingsOnceForAllTheirSessions() {
        tables.listen(events);
        int first = TestTables.open(tables, Protocol.UDP, 1, 4000, 53);
        int second = TestTables.open(tables, Protocol.UDP, 1, 4000, 54);
        tables.of(Protocol.UDP).endNow(first, SessionEnd.IDLE, 0);
        tables.of(Protocol.UDP).endNow(second, SessionEnd.IDLE, 0);

        assertThat(poll())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Bound", "Opened", "Opened", "Closed", "Closed", "Unbound");
    }

    @Test
    void tellOfBindingsAloneIfNoMoreIsAskedFor() {
        assertThat(lifeOfASession(SessionEvents.Scope.BINDINGS)).containsExactly("Bound", "Unbound");
    }

    @Test
    void tellOfSessionsThatComeAndGoWithoutTheirChanges() {
        assertThat(lifeOfASession(SessionEvents.Scope.SESSIONS))
                .containsExactly("Bound", "Opened", "Closed", "Unbound");
    }

    private List<String> lifeOfASession(SessionEvents.Scope scope) {
        var some = new SessionEvents(arena, 64, scope, tables::pref64s);
        tables.listen(some);
        int row = TestTables.open(tables, Protocol.TCP, 1, 4000, 80);
        tcp.state(row, TcpState.ESTABLISHED, 10);
        tcp.endNow(row, SessionEnd.IDLE, 20);
        var names = new ArrayList<String>();
        some.poll(event -> names.add(event.getClass().getSimpleName()), 64);
        return names;
    }

    @Test
    void tellOfSessionsThatAreAdopted() {
        tables.listen(events);
        TestTables.adopt(tables, TestTables.record(1, 4000, "203.0.113.1", 5000), 0);

        assertThat(poll())
                .hasSize(2)
                .element(1)
                .isEqualTo(new Opened(0, TestTables.record(1, 4000, "203.0.113.1", 5000)));
    }

    @Test
    void areDroppedAndCountedWhenNobodyPolls() {
        tables.listen(events);
        for (int host = 1; host <= 40; host++) {
            TestTables.open(tables, Protocol.UDP, host, 4000, 53);
        }
        assertThat(events.dropped()).isEqualTo(80 - 64);
        assertThat(poll()).hasSize(64);
        assertThat(TestTables.sessions(tables, RecordFilter.ALL, 0)).hasSize(40);
    }

    @Test
    void arePolledNoMoreThanAskedFor() {
        tables.listen(events);
        TestTables.open(tables, Protocol.UDP, 1, 4000, 53);

        assertThat(events.poll(_ -> {}, 1)).isEqualTo(1);
        assertThat(events.poll(_ -> {}, 9)).isEqualTo(1);
        assertThat(events.poll(_ -> {}, 9)).isZero();
    }

    @Test
    void stopWhenTheListenerIsNoLongerWanted() {
        tables.listen(events);
        tables.ignore(events);
        TestTables.open(tables, Protocol.UDP, 1, 4000, 53);

        assertThat(poll()).isEmpty();
    }

    @Test
    void makeNoObjectsWhereTheyHappen() throws InterruptedException {
        tables.listen(events);
        var tuple = new TestTuple(Protocol.TCP, TestTables.client(1), 4000).tuple();
        var polling = new AtomicBoolean(true);
        var reader = Thread.ofPlatform().start(() -> {
            while (polling.get()) {
                events.poll(_ -> {}, 64);
            }
        });
        try {
            Allocations.assertNone(_ -> openAndEnd(tuple));
        } finally {
            polling.set(false);
            reader.join();
        }
    }

    @Test
    void costNoObjectsWhenNobodyListens() {
        var tuple = new TestTuple(Protocol.TCP, TestTables.client(1), 4000).tuple();
        Allocations.assertNone(_ -> openAndEnd(tuple));
    }

    private void openAndEnd(IncomingTuple tuple) {
        int binding = tables.bind(tuple, 0);
        int row = tcp.open(tuple, binding, TcpState.V6_INIT, 1000, 0);
        tcp.state(row, TcpState.ESTABLISHED, 0);
        tcp.endNow(row, SessionEnd.IDLE, 0);
    }

    private SessionRecord session(int row, long now) {
        return SessionRecord.of(Protocol.TCP, tcp.sessions, row, tables.pref64s(), now);
    }

    private List<SessionEvent> poll() {
        var polled = new ArrayList<SessionEvent>();
        events.poll(polled::add, Integer.MAX_VALUE);
        return polled;
    }
}
