// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp6;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv4Tuple;
import nat64.translator.packet.Packet;
import nat64.translator.testing.RawPacket;
import nat64.translator.testing.TestPacket;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv6ToIpv4Test {

    private static final String HOST = "2001:db8::1";
    private static final String SERVER = "64:ff9b::c633:6402";

    private final Ipv4Tuple outer = new Ipv4Tuple();
    private final Ipv4Tuple quoted = new Ipv4Tuple();
    private final Identifications identifications = new Identifications(42, false);

    @BeforeEach
    void chooseAddresses() {
        outer.set(0xc0000201, 1025, 0xc6336402, 53);
        quoted.set(0xc6336402, 53, 0xc0000201, 1025);
    }

    @Test
    @Tag("C-049")
    @Tag("C-051")
    @Tag("C-054")
    @Tag("C-065")
    @Tag("C-067")
    void writesTheIpv4Header() {
        for (var bytes :
                new byte[][] {udp6(HOST, 1, SERVER, 2, payload(100)), tcp6(HOST, 1, SERVER, 2, "S", payload(100))}) {
            var wire = translated(bytes).assertSound();
            assertThat(wire.u16(0)).as("version, length, traffic class").isEqualTo(0x45b8);
            assertThat(wire.u16(2)).isEqualTo(bytes.length - 20);
            assertThat(wire.u16(6)).as("flags and offset").isZero();
            assertThat(wire.octets()[8]).as("TTL").isEqualTo((byte) 63);
            assertThat(wire.protocol()).isEqualTo(bytes[6]);
            assertThat(wire.source()).isEqualTo("192.0.2.1");
            assertThat(wire.destination()).isEqualTo("198.51.100.2");
            assertThat(wire.sourcePort()).isEqualTo(1025);
            assertThat(wire.destinationPort()).isEqualTo(53);
        }
    }

    @Test
    @Tag("C-050")
    void copiesOrSetsTheTypeOfService() {
        for (int trafficClass = 0; trafficClass < 256; trafficClass++) {
            var bytes = udp6(HOST, 1, SERVER, 2, payload(1));
            bytes[0] = (byte) (0x60 | trafficClass >>> 4);
            bytes[1] = (byte) (trafficClass << 4 | 0xf);
            assertThat(translated(bytes).u16(0)).isEqualTo(0x4500 | trafficClass);
            var options = new TranslationOptions(1280, NextHopMtus.UNLIMITED, MssClamp.OFF, 0, 0x28);
            assertThat(translated(TestPacket.parsed(bytes), options).u16(0)).isEqualTo(0x4528);
        }
    }

    @ParameterizedTest(name = "an IPv4 packet of {0} bytes: {1}")
    @CsvSource({"28, 0000", "1259, 0000", "1260, 0000", "1261, 4000", "1480, 4000", "65515, 4000"})
    @Tag("C-053")
    void allowsRoutersToFragmentSmallPacketsOnly(int length, String field) {
        var wire = translated(udp6(HOST, 1, SERVER, 2, payload(length - 28)));
        assertThat(wire.octets()).hasSize(length);
        assertThat(wire.u16(6)).isEqualTo(Integer.parseInt(field, 16));
    }

    @Test
    @Tag("C-052")
    void numbersPacketsThatMayBeFragmented() {
        var bytes = udp6(HOST, 1, SERVER, 2, payload(1));
        int first = translated(bytes).u16(4);
        assertThat(translated(bytes).u16(4)).isEqualTo((first + 1) & 0xffff);
    }

    @ParameterizedTest(name = "Fragment header {0}: {1}")
    @CsvSource({
        "1100 0000 deadbeef, 0000", // a whole packet
        "1100 0001 deadbeef, 2000",
        "6300 0009 deadbeef, 2001",
        "6300 05c8 deadbeef, 00b9",
        "6300 ffc0 deadbeef, 1ff8",
    })
    @Tag("C-059")
    @Tag("C-061")
    void keepsFragmentsAndTheirIdentification(String header, String field) {
        var wire = translated(RawPacket.ipv6(44, header + "0001 0002 0008 0000").bytes());
        assertThat(wire.octets()).hasSize(28);
        assertThat(wire.u16(4)).isEqualTo(0xbeef);
        assertThat(wire.u16(6)).isEqualTo(Integer.parseInt(field, 16));
        assertThat(wire.ipv4().hasValidChecksum(false)).isTrue();
    }

    @Test
    @Tag("C-051")
    @Tag("C-055")
    void leavesOutExtensionHeaders() {
        var headers = "3c00 0104 00000000  2b01 0104 00000000 00000000 00000000  1100 0000 00000000";
        var wire = translated(RawPacket.ipv6(0, headers + "0001 0002 0008 0000").bytes());
        assertThat(wire.octets()).hasSize(28);
        assertThat(wire.u16(2)).isEqualTo(28);
        assertThat(wire.protocol()).isEqualTo(17);
    }

    @Test
    @Tag("C-055")
    @Tag("C-079")
    void translatesEchoes() {
        for (boolean request : new boolean[] {true, false}) {
            var bytes = echo6(HOST, SERVER, request, 7, 9);
            var wire = translated(bytes).assertSound();
            assertThat(wire.protocol()).isEqualTo(1);
            assertThat(wire.icmpType()).isEqualTo(request ? 8 : 0);
            assertThat(wire.icmpIdentifier()).isEqualTo(1025);
            assertThat(wire.from(26))
                    .as("sequence number and data")
                    .isEqualTo(Arrays.copyOfRange(bytes, 46, bytes.length));
        }
    }

    @ParameterizedTest(name = "{0}/{1} with {2} becomes {3} with {4}")
    @CsvSource({
        "1, 0, 0, 3/1, 0",
        "1, 4, 0, 3/3, 0",
        "2, 0, 1400, 3/4, 1380",
        "3, 1, 0, 11/1, 0",
        "4, 0, 6, 12/0, 0x09000000",
        "4, 0, 39, 12/0, 0x10000000",
        "4, 1, 40, 3/2, 0",
    })
    @Tag("C-081")
    @Tag("C-082")
    @Tag("C-085")
    @Tag("C-086")
    @Tag("C-087")
    @Tag("C-089")
    void translatesErrors(int type, int code, int rest, String message, String restV4) {
        var about = udp6(SERVER, 7, HOST, 8, payload(100));
        var wire = translated(error6(HOST, SERVER, type, code, rest, about)).assertSound();
        assertThat(wire.icmpType() + "/" + wire.icmpCode()).isEqualTo(message);
        assertThat(wire.icmpRest()).isEqualTo(Integer.decode(restV4));
        var inner = wire.quoted().assertSound();
        assertThat(inner.octets()[8]).as("TTL is not decremented").isEqualTo((byte) 64);
        assertThat(inner.source()).isEqualTo("198.51.100.2");
        assertThat(inner.destination()).isEqualTo("192.0.2.1");
        assertThat(inner.sourcePort()).isEqualTo(53);
        assertThat(inner.destinationPort()).isEqualTo(1025);
    }

    @Test
    @Tag("C-083")
    void subtractsAlsoTheFragmentHeaderOfAQuotedPacket() {
        var about = RawPacket.ipv6(44, "1100 0001 0000beef 0001 0002 0008 0000").bytes();
        var wire = translated(error6(HOST, SERVER, 2, 0, 1400, about));
        assertThat(wire.icmpRest()).isEqualTo(1372);
        assertThat(wire.quoted().u16(4)).isEqualTo(0xbeef);
        assertThat(wire.quoted().u16(6)).isEqualTo(0x2000);
    }

    @Test
    @Tag("C-045")
    @Tag("C-088")
    void cutsAnErrorTo576Bytes() {
        var about = udp6(SERVER, 7, HOST, 8, payload(1200));
        var wire = translated(error6(HOST, SERVER, 3, 0, 0, Arrays.copyOf(about, 1232)))
                .assertSound();
        assertThat(wire.octets()).hasSize(576);
        assertThat(wire.quoted().u16(2)).as("length of the whole quoted packet").isEqualTo(20 + 8 + 1200);
    }

    @ParameterizedTest(name = "{0}/{1} with {2}")
    @CsvSource({"0, 0, 0", "1, 5, 0", "1, 6, 0", "4, 2, 0", "4, 0, 2", "4, 0, 40", "4, 0, -1", "5, 0, 0", "127, 0, 0"})
    @Tag("C-080")
    @Tag("C-081")
    @Tag("C-085")
    @Tag("C-086")
    void leavesAnErrorUnchangedThatItCannotTranslate(int type, int code, int rest) {
        assertUnchanged(error6(HOST, SERVER, type, code, rest, udp6(SERVER, 7, HOST, 8, payload(100))));
    }

    @ParameterizedTest(name = "type {0}")
    @CsvSource({"130", "133", "134", "135", "136", "137", "143", "255"})
    @Tag("C-080")
    void leavesOtherIcmpMessagesUnchanged(int type) {
        assertUnchanged(error6(HOST, SERVER, type, 0, 0, payload(8)));
    }

    @ParameterizedTest(name = "an IPv4 packet of {0} bytes, next hop {1}, Fragment header {2}: {3}")
    @CsvSource({
        "1500, 1500, false, false",
        "1501, 1500, false, true",
        "1260, 1000, false, false",
        "1261, 1000, false, true",
        "1501, 1500, true, false",
    })
    @Tag("C-062")
    @Tag("C-063")
    void isTooBigOnlyIfItMustNotBeFragmented(int length, int mtu, boolean fragmentHeader, boolean tooBig) {
        var rest = "5a".repeat(length - 20);
        var packet = fragmentHeader ? RawPacket.ipv6(44, "6300 0000 deadbeef" + rest) : RawPacket.ipv6(99, rest);
        var options = TranslationOptions.RFC_7915.with(new NextHopMtus.Fixed(1500, mtu));
        assertThat(new Ipv6ToIpv4(identifications).isTooBig(TestPacket.parsed(packet.bytes()), options))
                .isEqualTo(tooBig);
    }

    private void assertUnchanged(byte[] bytes) {
        var packet = TestPacket.parsed(bytes);
        assertThat(new Ipv6ToIpv4(identifications).translate(packet, outer, quoted, TranslationOptions.RFC_7915))
                .isEqualTo(DropReason.UNTRANSLATABLE_ICMP);
        assertThat(TestPacket.wire(packet).octets()).isEqualTo(bytes);
        assertThat(packet.layers().version()).isEqualTo(6);
    }

    private Wire translated(byte[] bytes) {
        return translated(TestPacket.parsed(bytes), TranslationOptions.RFC_7915);
    }

    private Wire translated(Packet packet, TranslationOptions options) {
        assertThat(new Ipv6ToIpv4(identifications).translate(packet, outer, quoted, options))
                .isEqualTo(DropReason.NONE);
        assertThat(packet.layers().version()).isEqualTo(4);
        assertThat(packet.layers().start()).isEqualTo(packet.start());
        return TestPacket.wire(packet);
    }
}
