// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionOrder;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sessions that come first, of many, while the tables change. */
class RankingTest {

    private static final long NOW = 100_000_000;

    private final Arena arena = Arena.ofConfined();
    private final SessionTables tables = TestTables.tables(arena, TestTables.rules(), 5000);

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void theOldestComeFirst() {
        for (int host = 1; host <= 1000; host++) {
            open(host, host * 7919 % 1000); // each age once
        }

        assertThat(ages(SessionOrder.AGE, RecordFilter.ALL, 3)).containsExactly(999L, 998L, 997L);
        assertThat(ages(SessionOrder.NEWEST, RecordFilter.ALL, 3)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void thoseThatExpireFirstComeFirst() {
        for (int host = 1; host <= 100; host++) {
            int row = open(host, 1);
            udp().sessions.refresh(row, NOW + host * 1000L);
        }

        assertThat(find(SessionOrder.EXPIRES, RecordFilter.ALL, 2))
                .extracting(session -> session.state().timeLeft().toSeconds())
                .containsExactly(1L, 2L);
    }

    @Test
    void onlyThoseThatAreAskedForAreFound() {
        for (int host = 1; host <= 100; host++) {
            open(host, host);
        }
        var client = new Ipv6Prefix(TestTables.CLIENTS.high(), 7, 128);
        var filter = new RecordFilter(
                Optional.of(Protocol.UDP),
                Optional.of(client),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());

        assertThat(ages(SessionOrder.AGE, filter, 10)).containsExactly(7L);
        assertThat(ages(SessionOrder.AGE, RecordFilter.of(Protocol.TCP), 10)).isEmpty();
    }

    @Test
    void oneThatEndsMeanwhileIsLeftOut() {
        int oldest = open(1, 500);
        open(2, 400);
        var ranking = tables.rank(RecordFilter.ALL, SessionOrder.AGE, 10, NOW);
        while (ranking.step()) {
            // looks at all
        }
        udp().endNow(oldest, SessionEnd.IDLE, NOW);

        assertThat(ranking.sessions(NOW))
                .extracting(session -> session.state().age().toSeconds())
                .containsExactly(400L);
    }

    @Test
    void aStepLooksAtABoundedNumberOfRows() {
        IntStream.rangeClosed(1, 4000).forEach(host -> open(host, host));
        var ranking = tables.rank(RecordFilter.ALL, SessionOrder.AGE, 10, NOW);
        int steps = 1;
        while (ranking.step()) {
            steps++;
        }
        assertThat(steps).isBetween(4000 / SessionTables.ROWS_PER_STEP, 4000 / SessionTables.ROWS_PER_STEP + 2);
    }

    private ProtocolTables udp() {
        return tables.of(Protocol.UDP);
    }

    private int open(int host, int age) {
        int row = TestTables.open(tables, Protocol.UDP, host, 4000, 53);
        udp().sessions.openedAt(row, NOW - age * 1000L);
        return row;
    }

    private List<Long> ages(SessionOrder order, RecordFilter filter, int most) {
        return find(order, filter, most).stream()
                .map(session -> session.state().age().toSeconds())
                .toList();
    }

    private List<SessionRecord> find(SessionOrder order, RecordFilter filter, int most) {
        var ranking = tables.rank(filter, order, most, NOW);
        while (ranking.step()) {
            // looks at all
        }
        return ranking.sessions(NOW);
    }
}
