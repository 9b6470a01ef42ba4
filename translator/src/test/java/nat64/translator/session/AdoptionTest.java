// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.session.TestTables.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionState;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of one process live on in another. */
class AdoptionTest {

    private final Arena arena = Arena.ofConfined();
    private final SessionTables tables = TestTables.tables(arena, TestTables.rules(), 100);

    @AfterEach
    void close() {
        arena.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void givesTheSameTablesElsewhereOnceOrTwice(long seed) {
        var here = TestTables.tables(arena, TestTables.rules(), 1000);
        fill(here, new SplittableRandom(seed));
        var records = TestTables.sessions(here, RecordFilter.ALL, 5_000);
        var there = TestTables.tables(arena, TestTables.rules(), 1000);

        records.forEach(
                record -> assertThat(TestTables.adopt(there, record, 90_000)).isEqualTo(Adoption.ADOPTED));
        assertThat(TestTables.sessions(there, RecordFilter.ALL, 90_000)).containsExactlyInAnyOrderElementsOf(records);

        records.forEach(
                record -> assertThat(TestTables.adopt(there, record, 90_000)).isEqualTo(Adoption.KNOWN));
        assertThat(TestTables.sessions(there, RecordFilter.ALL, 90_000)).containsExactlyInAnyOrderElementsOf(records);
        for (var protocol : Protocol.values()) {
            assertThat(there.counts(protocol).bindings())
                    .isEqualTo(here.counts(protocol).bindings());
        }
    }

    private static void fill(SessionTables tables, SplittableRandom random) {
        for (int i = 0; i < 600; i++) {
            var protocol = Protocol.of(random.nextInt(Protocol.count()));
            int host = 1 + random.nextInt(20);
            var of = tables.of(protocol);
            var client = TestTables.client(host);
            int port = 1024 + random.nextInt(4);
            int remotePort = protocol == Protocol.ICMP ? 0 : 1 + i;
            if (of.sessions.find(client.high(), client.low(), port, TestTables.SERVER, remotePort)
                    == ProtocolTables.NONE) {
                int row = TestTables.open(tables, protocol, host, port, remotePort);
                if (protocol == Protocol.TCP) {
                    of.state(row, TcpState.of((byte) (1 + random.nextInt(7))), 0);
                }
            }
        }
    }

    @Test
    void reservesThePort() {
        assertThat(TestTables.adopt(tables, record(1, 4000, "203.0.113.1", 5000), 0)
                        .succeeded())
                .isTrue();

        assertThat(TestTables.adopt(tables, record(2, 4000, "203.0.113.1", 5000), 0))
                .isEqualTo(Adoption.PORT_TAKEN);
        assertThat(TestTables.adopt(tables, record(1, 4000, "203.0.113.1", 5001), 0))
                .isEqualTo(Adoption.BOUND_OTHERWISE);
        assertThat(tables.of(Protocol.UDP).ports.reserve(1, 5000)).isFalse();
    }

    @Test
    void keepsAHostAtItsAddress() {
        for (int host = 1; host <= 90; host++) {
            TestTables.adopt(tables, record(host, 4000, "203.0.113.1", 5000 + host), 0);
        }
        for (int host = 1; host <= 90; host++) {
            int row = TestTables.open(tables, Protocol.TCP, host, 4000, 80);
            assertThat(tables.of(Protocol.TCP).sessions.ipv4(row)).isEqualTo(Ipv4Address.parse("203.0.113.1"));
        }
    }

    @Test
    void expiresWhenTheTimeLeftIsOver() {
        TestTables.adopt(tables, record(1, 4000, "203.0.113.1", 5000), 10_000);

        tables.expire(TestTables.rules(), 69_000, (mapping, remote, remotePort) -> {});
        assertThat(tables.counts(Protocol.UDP).sessions()).isEqualTo(1);
        tables.expire(TestTables.rules(), 72_000, (mapping, remote, remotePort) -> {});
        assertThat(tables.counts(Protocol.UDP).sessions()).isZero();
        assertThat(tables.counts(Protocol.UDP).bindings()).isZero();
    }

    @Test
    void refusesWhatItHasNoPlaceFor() {
        var good = record(1, 4000, "203.0.113.1", 5000);
        var over = new SessionState(TcpState.STATELESS, false, true, Duration.ZERO);

        assertThat(TestTables.adopt(tables, record(1, 4000, "192.0.2.1", 5000), 0))
                .isEqualTo(Adoption.OUTSIDE_POOL4);
        assertThat(TestTables.adopt(tables, with(good, Pref64.WELL_KNOWN, good.state()), 0))
                .isEqualTo(Adoption.UNKNOWN_PREF64);
        assertThat(TestTables.adopt(tables, with(good, good.pref64(), over), 0)).isEqualTo(Adoption.EXPIRED);
        assertThat(tables.counts(Protocol.UDP).bindings()).isZero();
    }

    @Test
    void refusesAHostThatIsNoClient() {
        var stranger = new BindingRecord(
                Protocol.UDP, Ipv6Address.parse("2001:db8:2::1"), 4000, Ipv4Address.parse("203.0.113.1"), 5000);
        var good = record(1, 4000, "203.0.113.1", 5000);
        var record = new SessionRecord(stranger, good.remote(), good.remotePort(), good.pref64(), good.state());

        assertThat(TestTables.adopt(tables, record, 0)).isEqualTo(Adoption.CLIENT_NOT_ALLOWED);

        var bound = new StaticBinding(Protocol.UDP, stranger.client(), 4000, stranger.pool4(), 5000);
        TestTables.change(tables, TestTables.rules(), List.of(bound), 0);
        assertThat(TestTables.adopt(tables, record, 0)).isEqualTo(Adoption.ADOPTED);
        assertThat(tables.counts(Protocol.UDP).bindings()).isEqualTo(1);
    }

    @Test
    void refusesAPortOutsideTheRange() {
        var pool4 = new Pool4(List.of(new Pool4Range(Ipv4Prefix.parse("203.0.113.0/30"), new PortRange(4000, 4999))));
        var rules = TestTables.with(TestTables.rules(), pool4);
        var narrow = TestTables.tables(arena, rules, 100);

        assertThat(narrow.adopt(rules, record(1, 4000, "203.0.113.1", 5000), 0)).isEqualTo(Adoption.OUTSIDE_POOL4);
        assertThat(narrow.adopt(rules, record(1, 4000, "203.0.113.1", 4999), 0)).isEqualTo(Adoption.ADOPTED);
    }

    @Test
    void letsASessionEndEarlyThatWasNeverAnswered() {
        var good = record(1, 4000, "203.0.113.1", 5000);
        var unanswered = new SessionState(TcpState.STATELESS, false, false, Duration.ofMinutes(1));

        TestTables.adopt(tables, with(good, good.pref64(), unanswered), 0);
        assertThat(tables.counts(Protocol.UDP).pressure().unanswered()).isEqualTo(1);

        TestTables.adopt(tables, good, 0);
        assertThat(tables.counts(Protocol.UDP).pressure().unanswered()).isZero();
    }

    @Test
    void holdsAPortThatAnotherProcessHasReleased() {
        var held = new HeldPort(Protocol.UDP, Ipv4Address.parse("203.0.113.1"), 5000, Duration.ofSeconds(60));

        assertThat(tables.hold(held, 0)).isTrue();
        assertThat(tables.hold(held, 0)).isFalse();
        tables.of(Protocol.UDP).quarantine.freeDue(59_999);
        assertThat(tables.of(Protocol.UDP).ports.reserve(1, 5000)).isFalse();
        tables.of(Protocol.UDP).quarantine.freeDue(60_000);
        assertThat(tables.of(Protocol.UDP).ports.reserve(1, 5000)).isTrue();
    }

    @Test
    void holdsNoPortThatIsBoundOrNotOfPool4() {
        TestTables.adopt(tables, record(1, 4000, "203.0.113.1", 5000), 0);
        var bound = new HeldPort(Protocol.UDP, Ipv4Address.parse("203.0.113.1"), 5000, Duration.ofSeconds(60));
        var foreign = new HeldPort(Protocol.UDP, Ipv4Address.parse("192.0.2.1"), 5000, Duration.ofSeconds(60));

        assertThat(tables.hold(bound, 0)).isFalse();
        assertThat(tables.hold(foreign, 0)).isFalse();
        assertThat(tables.of(Protocol.UDP).quarantine.end()).isZero();
    }

    @Test
    void refusesMoreSessionsThanThereIsRoomFor() {
        for (int host = 1; host <= 100; host++) {
            assertThat(TestTables.adopt(tables, record(host, 4000, "203.0.113.1", 5000 + host), 0))
                    .isEqualTo(Adoption.ADOPTED);
        }
        assertThat(TestTables.adopt(tables, record(101, 4000, "203.0.113.1", 6000), 0))
                .isEqualTo(Adoption.TABLE_FULL);
        assertThat(tables.counts(Protocol.UDP).bindings()).isEqualTo(100);
    }

    @Test
    void takesAPortOutOfQuarantineForGood() {
        TestTables.adopt(tables, record(1, 4000, "203.0.113.1", 5000), 0);
        tables.expire(TestTables.rules(), 61_000, (mapping, remote, remotePort) -> {}); // held until 181 s
        TestTables.adopt(tables, record(2, 4000, "203.0.113.1", 5000), 150_000);

        TestTables.open(tables, Protocol.UDP, 3, 4000, 53);
        tables.bind(new TestTuple(Protocol.UDP, TestTables.client(4), 4000).tuple(), 190_000);
        assertThat(tables.of(Protocol.UDP).ports.reserve(1, 5000)).isFalse();
    }

    private static SessionRecord with(SessionRecord record, Pref64 pref64, SessionState state) {
        return new SessionRecord(record.binding(), record.remote(), record.remotePort(), pref64, state);
    }
}
