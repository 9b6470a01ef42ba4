// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp6;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import nat64.translator.packet.Packet;
import nat64.translator.testing.TestPacket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An ICMPv6 error whose quoted packet an extension of 20 bytes follows. */
class IcmpExtensionTest {

    private static final int QUOTE = Packet.HEADROOM + 48;
    private static final int EXTENSION = 20;
    private static final int ROOM = 548;

    @ParameterizedTest(name = "{0} bytes quoted: {1} in units of {2}")
    @CsvSource({
        "128, 128, 8",
        "128, 128, 4",
        "136, 136, 8",
        "136, 136, 4",
        "520, 520, 8",
        "528, 528, 4",
        "528, 528, 8",
        "536, 528, 4",
        "536, 528, 8",
        "1000, 528, 4",
    })
    @Tag("C-041")
    @Tag("C-088")
    void placesTheExtensionAfterTheQuote(int quoted, int expected, int unit) {
        var packet = error(quoted);
        var before = TestPacket.wire(packet).from(48);
        assertThat(IcmpExtension.place(packet, QUOTE, ROOM, unit, true)).isEqualTo(expected / unit);
        var wire = TestPacket.wire(packet);
        assertThat(wire.octets()).hasSize(48 + expected + EXTENSION);
        assertThat(wire.from(48 + expected)).isEqualTo(extension());
        assertThat(Arrays.copyOfRange(wire.octets(), 48, 48 + expected)).isEqualTo(Arrays.copyOf(before, expected));
    }

    @ParameterizedTest(name = "{0} bytes quoted, of which {1} are there: {2} in units of {3}")
    @CsvSource({"64, 56, 128, 8", "96, 90, 128, 4", "136, 133, 136, 8", "136, 133, 136, 4", "136, 130, 132, 4"})
    @Tag("C-041")
    void padsAShortQuoteWithZeros(int quoted, int available, int expected, int unit) {
        var packet = error(quoted);
        int start = QUOTE + quoted - available; // as if the headers had shrunk
        assertThat(IcmpExtension.place(packet, start, ROOM, unit, true)).isEqualTo(expected / unit);
        var wire = TestPacket.wire(packet);
        int end = start - Packet.HEADROOM + expected;
        assertThat(wire.octets()).hasSize(end + EXTENSION);
        assertThat(wire.from(end)).isEqualTo(extension());
        assertThat(Arrays.copyOfRange(wire.octets(), end - (expected - available), end))
                .containsOnly(0);
    }

    @ParameterizedTest(name = "room for {0} bytes: {1}")
    @CsvSource({"148, 128", "147, 0", "100, 0", "20, 0"})
    @Tag("C-043")
    void leavesOutAnExtensionThatDoesNotFit(int room, int expected) {
        var packet = error(200);
        assertThat(IcmpExtension.place(packet, QUOTE, room, 4, true)).isEqualTo(expected / 4);
        assertThat(packet.end()).isEqualTo(QUOTE + room);
    }

    @Test
    @Tag("C-042")
    void leavesOutAnExtensionThatIsNotAllowed() {
        var packet = error(200);
        assertThat(IcmpExtension.place(packet, QUOTE, ROOM, 4, false)).isZero();
        assertThat(packet.end()).isEqualTo(QUOTE + 200);
    }

    @ParameterizedTest(name = "{0} bytes quoted")
    @CsvSource({"100, 100", "548, 548", "549, 548", "1200, 548"})
    @Tag("C-045")
    void cutsAnErrorWithoutExtension(int quoted, int expected) {
        var packet =
                TestPacket.parsed(error6("2001:db8::1", "2001:db8::2", 3, 0, 0, Arrays.copyOf(quotedPacket(), quoted)));
        assertThat(IcmpExtension.place(packet, QUOTE, ROOM, 4, true)).isZero();
        assertThat(packet.end()).isEqualTo(QUOTE + expected);
    }

    private static Packet error(int quoted) {
        var quote = Arrays.copyOf(quotedPacket(), quoted + EXTENSION);
        System.arraycopy(extension(), 0, quote, quoted, EXTENSION);
        return TestPacket.parsed(error6("2001:db8::1", "2001:db8::2", 3, 0, (quoted / 8) << 24, quote));
    }

    private static byte[] quotedPacket() {
        return udp6("2001:db8::2", 1, "2001:db8::1", 2, payload(1400));
    }

    private static byte[] extension() {
        return Arrays.copyOfRange(payload(200 + EXTENSION), 200, 200 + EXTENSION);
    }
}
