// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.snapshot;

import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.snapshot.SnapshotException.Reason;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is read again, and nothing else. */
class SnapshotTest {

    private static final int FIRST_RECORD = 48 + 20 + 4 + 12;

    private final byte[] bytes = snapshot();

    /** Of thirty sessions, in blocks of seven. */
    private static byte[] snapshot() {
        try (var nat64 = new TestTranslator(TestNat64.settings())) {
            nat64.send(udp6("2001:db8:1::99", 1000, SERVER_IN_PREF64, 53, payload(1)));
            nat64.pass(Duration.ofSeconds(301)); // its port rests
            for (int i = 0; i < 10; i++) {
                var host = "2001:db8:1::" + Integer.toHexString(2 + i);
                nat64.send(udp6(host, 1000, SERVER_IN_PREF64, 53, payload(1)));
                nat64.send(tcp6(host, 1000, SERVER_IN_PREF64, 80, "S", payload(0)));
                nat64.send(echo6(host, SERVER_IN_PREF64, true, 7, 1));
            }
            return nat64.snapshot();
        }
    }

    @Test
    void isReadAsItWasWritten() throws SnapshotException {
        var snapshot = Snapshot.of(MemorySegment.ofArray(bytes));

        assertThat(snapshot.header().boot()).isEqualTo(new UUID(1, 2));
        assertThat(snapshot.header().at()).isEqualTo(302_000);
        assertThat(snapshot.header().pref64s()).isEqualTo(TestNat64.settings().pref64s());
        assertThat(snapshot.records()).isEqualTo(31);
        var content = read(snapshot, 1_000);
        assertThat(content.sessions)
                .hasSize(30)
                .allSatisfy(session -> assertThat(session.state().answered()).isFalse())
                .filteredOn(session -> session.protocol() == Protocol.TCP)
                .hasSize(10)
                .allSatisfy(session -> {
                    assertThat(session.state().tcp()).isEqualTo(TcpState.V6_INIT);
                    assertThat(session.remotePort()).isEqualTo(80);
                    assertThat(session.state().timeLeft()).isEqualTo(Duration.ofSeconds(239));
                    assertThat(session.state().age()).isEqualTo(Duration.ofSeconds(1));
                });
        assertThat(content.ports).hasSize(1).allSatisfy(port -> {
            assertThat(port.protocol()).isEqualTo(Protocol.UDP);
            assertThat(port.timeLeft()).isBetween(Duration.ofSeconds(117), Duration.ofSeconds(119));
        });
    }

    @Test
    void timesLeftAreNeverNegative() throws SnapshotException {
        assertThat(read(Snapshot.of(MemorySegment.ofArray(bytes)), 1L << 40).sessions)
                .hasSize(30)
                .allSatisfy(session -> assertThat(session.state().timeLeft()).isZero());
    }

    @Test
    void isRefusedWhereverItIsCut() {
        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Reason.TRUNCATED, Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void isRefusedWhicheverBitIsWrong() {
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            var wrong = bytes.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Snapshot.of(MemorySegment.ofArray(wrong)))
                    .as("bit %d", bit)
                    .isInstanceOf(SnapshotException.class);
        }
    }

    @Test
    void isRefusedWithSomethingBehindItsEnd() {
        assertRefused(Reason.DAMAGED, Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void isRefusedWithABlockTwiceOrMissing() {
        int first = FIRST_RECORD - 12;
        int length = 12 + 7 * 44 + 4;
        var twice = ByteBuffer.allocate(bytes.length + length)
                .put(bytes, 0, first + length)
                .put(bytes, first, bytes.length - first);
        var missing = ByteBuffer.allocate(bytes.length - length)
                .put(bytes, 0, first)
                .put(bytes, first + length, bytes.length - first - length);

        assertRefused(Reason.DAMAGED, twice.array());
        assertRefused(Reason.DAMAGED, missing.array());
    }

    @Test
    void ofAnotherVersionIsRefused() {
        var other = bytes.clone();
        other[11] = 3;

        assertThatThrownBy(() -> Snapshot.of(MemorySegment.ofArray(other)))
                .isInstanceOfSatisfying(
                        SnapshotException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_FORMAT))
                .hasMessage("it has version 3, not 2");
    }

    /** With right checksums, as somebody could write them: the first record is a session of TCP. */
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0,  3, kind",
        "1,  3, protocol",
        "1,  1, UDP with a TCP state",
        "2,  8, state",
        "2,  0, TCP without a state",
        "3,  4, flags",
        "4, -1, negative time",
        "4, 60, time of weeks",
        "38, 1, Pref64",
        "39, 1, reserved",
        "40, -1, negative age",
    })
    void withARecordThatMakesNoSenseIsRefused(int at, int value, String what) {
        var wrong = bytes.clone();
        wrong[FIRST_RECORD + at] = (byte) value;
        var crc = new CRC32C();
        crc.update(wrong, FIRST_RECORD - 12, 12 + 7 * 44);
        ByteBuffer.wrap(wrong).putInt(FIRST_RECORD + 7 * 44, (int) crc.getValue());

        assertThatThrownBy(() -> Snapshot.of(MemorySegment.ofArray(wrong)))
                .as(what)
                .isInstanceOf(SnapshotException.class)
                .hasMessage("the record at byte " + FIRST_RECORD + " makes no sense");
    }

    private static void assertRefused(Reason reason, byte[] wrong) {
        assertThatThrownBy(() -> Snapshot.of(MemorySegment.ofArray(wrong)))
                .isInstanceOfSatisfying(
                        SnapshotException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static Content read(Snapshot snapshot, long passed) {
        var content = new Content();
        snapshot.read(passed, content);
        return content;
    }

    private static final class Content implements Snapshot.Reader {

        private final List<SessionRecord> sessions = new ArrayList<>();
        private final List<HeldPort> ports = new ArrayList<>();

        @Override
        public void on(SessionRecord session) {
            sessions.add(session);
        }

        @Override
        public void on(HeldPort port) {
            ports.add(port);
        }
    }
}
