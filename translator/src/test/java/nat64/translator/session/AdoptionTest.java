// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.session.TestTables.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.SplittableRandom;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Pref64;
import nat64.translator.session.record.Adoption;
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

        records.forEach(record -> assertThat(there.adopt(record, 90_000)).isEqualTo(Adoption.ADOPTED));
        assertThat(TestTables.sessions(there, RecordFilter.ALL, 90_000)).containsExactlyInAnyOrderElementsOf(records);

        records.forEach(record -> assertThat(there.adopt(record, 90_000)).isEqualTo(Adoption.KNOWN));
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
        assertThat(tables.adopt(record(1, 4000, "203.0.113.1", 5000), 0).succeeded())
                .isTrue();

        assertThat(tables.adopt(record(2, 4000, "203.0.113.1", 5000), 0)).isEqualTo(Adoption.PORT_TAKEN);
        assertThat(tables.adopt(record(1, 4000, "203.0.113.1", 5001), 0)).isEqualTo(Adoption.BOUND_OTHERWISE);
        assertThat(tables.of(Protocol.UDP).ports.reserve(1, 5000)).isFalse();
    }

    @Test
    void keepsAHostAtItsAddress() {
        for (int host = 1; host <= 90; host++) {
            tables.adopt(record(host, 4000, "203.0.113.1", 5000 + host), 0);
        }
        for (int host = 1; host <= 90; host++) {
            int row = TestTables.open(tables, Protocol.TCP, host, 4000, 80);
            assertThat(tables.of(Protocol.TCP).sessions.ipv4(row)).isEqualTo(Ipv4Address.parse("203.0.113.1"));
        }
    }

    @Test
    void expiresWhenTheTimeLeftIsOver() {
        tables.adopt(record(1, 4000, "203.0.113.1", 5000), 10_000);

        tables.expire(TestTables.rules(), 69_000, (mapping, remote, remotePort) -> {});
        assertThat(tables.counts(Protocol.UDP).sessions()).isEqualTo(1);
        tables.expire(TestTables.rules(), 72_000, (mapping, remote, remotePort) -> {});
        assertThat(tables.counts(Protocol.UDP).sessions()).isZero();
        assertThat(tables.counts(Protocol.UDP).bindings()).isZero();
    }

    @Test
    void refusesWhatItHasNoPlaceFor() {
        var good = record(1, 4000, "203.0.113.1", 5000);
        var over = new SessionState(TcpState.STATELESS, false, Duration.ZERO);

        assertThat(tables.adopt(record(1, 4000, "192.0.2.1", 5000), 0)).isEqualTo(Adoption.OUTSIDE_POOL4);
        assertThat(tables.adopt(with(good, Pref64.WELL_KNOWN, good.state()), 0)).isEqualTo(Adoption.UNKNOWN_PREF64);
        assertThat(tables.adopt(with(good, good.pref64(), over), 0)).isEqualTo(Adoption.EXPIRED);
        assertThat(tables.counts(Protocol.UDP).bindings()).isZero();
    }

    @Test
    void refusesMoreSessionsThanThereIsRoomFor() {
        for (int host = 1; host <= 100; host++) {
            assertThat(tables.adopt(record(host, 4000, "203.0.113.1", 5000 + host), 0))
                    .isEqualTo(Adoption.ADOPTED);
        }
        assertThat(tables.adopt(record(101, 4000, "203.0.113.1", 6000), 0)).isEqualTo(Adoption.TABLE_FULL);
        assertThat(tables.counts(Protocol.UDP).bindings()).isEqualTo(100);
    }

    @Test
    void takesAPortOutOfQuarantineForGood() {
        tables.adopt(record(1, 4000, "203.0.113.1", 5000), 0);
        tables.expire(TestTables.rules(), 61_000, (mapping, remote, remotePort) -> {}); // held until 181 s
        tables.adopt(record(2, 4000, "203.0.113.1", 5000), 150_000);

        TestTables.open(tables, Protocol.UDP, 3, 4000, 53);
        tables.bind(new TestTuple(Protocol.UDP, TestTables.client(4), 4000).tuple(), 190_000);
        assertThat(tables.of(Protocol.UDP).ports.reserve(1, 5000)).isFalse();
    }

    private static SessionRecord with(SessionRecord record, Pref64 pref64, SessionState state) {
        return new SessionRecord(record.binding(), record.remote(), record.remotePort(), pref64, state);
    }
}
