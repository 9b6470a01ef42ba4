// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.withHeaderChecksum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv6Tuple;
import nat64.translator.packet.Packet;
import nat64.translator.testing.Bytes;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.RawPacket;
import nat64.translator.testing.TestPacket;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv4ToIpv6Test {

    private static final String SERVER = "198.51.100.2";
    private static final String POOL4 = "192.0.2.1";
    private static final String SOURCE6 = Wire.address("64:ff9b::c633:6402");
    private static final String HOST6 = Wire.address("2001:db8::1");

    private final Ipv6Tuple outer =
            new Ipv6Tuple().source(0x64ff9b00000000L, 0xc6336402L, 53).destination(0x20010db800000000L, 1, 40_000);
    private final Ipv6Tuple quoted =
            new Ipv6Tuple().source(0x20010db800000000L, 1, 40_000).destination(0x64ff9b00000000L, 0xc6336402L, 53);

    @Test
    @Tag("C-001")
    @Tag("C-004")
    @Tag("C-006")
    @Tag("C-009")
    @Tag("C-067")
    void writesTheIpv6Header() {
        for (var bytes :
                new byte[][] {udp4(SERVER, 1, POOL4, 2, payload(100)), tcp4(SERVER, 1, POOL4, 2, "SA", payload(100))}) {
            var wire = translated(bytes).assertSound();
            assertThat(wire.u16(0)).as("version, TOS 0x10, flow label").isEqualTo(0x6100);
            assertThat(wire.u16(2)).isZero();
            assertThat(wire.u16(4)).isEqualTo(bytes.length - 20);
            assertThat(wire.protocol()).isEqualTo(bytes[9]);
            assertThat(wire.octets()[7]).as("hop limit").isEqualTo((byte) (bytes[8] - 1));
            assertThat(wire.source()).isEqualTo(SOURCE6);
            assertThat(wire.destination()).isEqualTo(HOST6);
            assertThat(wire.sourcePort()).isEqualTo(53);
            assertThat(wire.destinationPort()).isEqualTo(40_000);
        }
    }

    @Test
    @Tag("C-004")
    @Tag("C-009")
    void leavesOutOptions() {
        var bytes = RawPacket.ipv4(17, "0001 0002 0008 0000")
                .options("94040000 01010101")
                .bytes();
        var wire = translated(bytes);
        assertThat(wire.octets()).hasSize(48);
        assertThat(wire.u16(4)).isEqualTo(8);
    }

    @Test
    @Tag("C-002")
    @Tag("C-003")
    void copiesOrSetsTheTrafficClass() {
        for (int tos = 0; tos < 256; tos++) {
            var bytes = udp4(SERVER, 1, POOL4, 2, payload(1));
            bytes[1] = (byte) tos;
            withHeaderChecksum(bytes);
            assertThat(translated(bytes).u16(0)).isEqualTo(0x6000 | (tos << 4));
            var options = new TranslationOptions(1280, NextHopMtus.UNLIMITED, MssClamp.OFF, 0, 0);
            assertThat(translated(TestPacket.parsed(bytes), options).u16(0)).isEqualTo(0x6000);
        }
    }

    @ParameterizedTest(name = "fragment field {0} becomes {1}")
    @CsvSource({"2000, 0001", "2001, 0009", "00b9, 05c8", "1ff0, ff80"})
    @Tag("C-016")
    void writesAFragmentHeaderForAFragment(String field, String fieldV6) {
        var fragment = RawPacket.ipv4(99, "0011223344556677").fragment(Integer.parseInt(field, 16));
        var wire = translated(fragment.bytes());
        assertThat(wire.octets()[6]).isEqualTo((byte) 44);
        assertThat(wire.u16(4)).as("payload length").isEqualTo(8 + 8);
        assertThat(Arrays.copyOfRange(wire.octets(), 40, 48)).isEqualTo(Bytes.of("6300" + fieldV6 + "0000beef"));
        assertThat(wire.from(48)).isEqualTo(Bytes.of("0011223344556677"));
    }

    @Test
    @Tag("C-012")
    @Tag("C-013")
    void writesNoFragmentHeaderForAWholePacket() {
        var allowed = Fragments.allowed(udp4(SERVER, 1, POOL4, 2, payload(1)));
        assertThat(translated(allowed).octets()[6]).isEqualTo((byte) 17);
    }

    @Test
    @Tag("C-005")
    @Tag("C-025")
    void translatesEchoes() {
        for (boolean request : new boolean[] {true, false}) {
            var bytes = echo4(SERVER, POOL4, request, 7, 9);
            var wire = translated(bytes).assertSound();
            assertThat(wire.protocol()).isEqualTo(58);
            assertThat(wire.icmpType()).isEqualTo(request ? 128 : 129);
            assertThat(wire.icmpIdentifier()).isEqualTo(53);
            assertThat(wire.from(46))
                    .as("sequence number and data")
                    .isEqualTo(Arrays.copyOfRange(bytes, 26, bytes.length));
        }
    }

    @ParameterizedTest(name = "{0}/{1} with {2} becomes {3} with {4}")
    @CsvSource({
        "3, 1, 0, 1/0, 0",
        "3, 2, 0, 4/1, 6",
        "3, 4, 1400, 2/0, 1420",
        "11, 1, 0, 3/1, 0",
        "12, 0, 0x09000000, 4/0, 6",
        "12, 2, 0x10000000, 4/0, 24",
    })
    @Tag("C-029")
    @Tag("C-031")
    @Tag("C-035")
    @Tag("C-037")
    @Tag("C-038")
    void translatesErrors(int type, int code, String rest, String message, int restV6) {
        var about = udp4(POOL4, 7, SERVER, 8, payload(100));
        var wire = translated(error4(SERVER, POOL4, type, code, Integer.decode(rest), about))
                .assertSound();
        assertThat(wire.icmpType() + "/" + wire.icmpCode()).isEqualTo(message);
        assertThat(wire.icmpRest()).isEqualTo(restV6);
        var inner = wire.quoted().assertSound();
        assertThat(inner.octets()[7]).as("hop limit is not decremented").isEqualTo((byte) 64);
        assertThat(inner.source()).isEqualTo(HOST6);
        assertThat(inner.destination()).isEqualTo(SOURCE6);
        assertThat(inner.sourcePort()).isEqualTo(40_000);
        assertThat(inner.destinationPort()).isEqualTo(53);
    }

    @Test
    @Tag("C-039")
    @Tag("C-045")
    void keepsTheLengthOfAQuotedPacketThatIsCut() {
        var about = udp4(POOL4, 7, SERVER, 8, payload(1400));
        var cut = translated(error4(SERVER, POOL4, 11, 0, 0, Arrays.copyOf(about, 60)))
                .assertSound();
        assertThat(cut.quoted().u16(4)).isEqualTo(8 + 1400);
        assertThat(cut.octets()).hasSize(48 + 80);
        assertThat(translated(error4(SERVER, POOL4, 11, 0, 0, about))
                        .assertSound()
                        .octets())
                .hasSize(1280);
    }

    @ParameterizedTest(name = "{0}/{1} with {2}")
    @CsvSource({"3, 14, 0", "3, 16, 0", "4, 0, 0", "5, 1, 0", "12, 1, 0", "12, 0, 0x04000000", "12, 0, 0x14000000"})
    @Tag("C-026")
    @Tag("C-033")
    @Tag("C-035")
    @Tag("C-036")
    void leavesAnErrorUnchangedThatItCannotTranslate(int type, int code, String rest) {
        var about = udp4(POOL4, 7, SERVER, 8, payload(100));
        assertUnchanged(error4(SERVER, POOL4, type, code, Integer.decode(rest), about), DropReason.UNTRANSLATABLE_ICMP);
    }

    @ParameterizedTest(name = "type {0}")
    @CsvSource({"9", "10", "13", "14", "15", "17", "42", "128"})
    @Tag("C-026")
    void leavesOtherIcmpMessagesUnchanged(int type) {
        assertUnchanged(error4(SERVER, POOL4, type, 0, 0, payload(8)), DropReason.UNTRANSLATABLE_ICMP);
    }

    @Test
    @Tag("C-068")
    @Tag("C-070")
    void computesAMissingUdpChecksumOfAWholeDatagramOnly() {
        var bytes = udp4(SERVER, 1, POOL4, 2, payload(101));
        bytes[26] = 0;
        bytes[27] = 0;
        assertThat(translated(bytes).assertSound().u16(46)).isNotZero();
        bytes = RawPacket.ipv4(17, "0001 0002 0100 0000").fragment(0x2000).bytes();
        assertUnchanged(bytes, DropReason.FRAGMENT_WITHOUT_CHECKSUM);
    }

    @ParameterizedTest(name = "{0} bytes, DF {1}, fragment {2}: {3}")
    @CsvSource({
        "1480, true, false, false",
        "1481, true, false, true",
        "1481, false, false, false",
        "1472, true, true, false",
        "1480, true, true, true",
    })
    @Tag("C-018")
    @Tag("C-019")
    void isTooBigOnlyWithDontFragment(int length, boolean dontFragment, boolean fragment, boolean tooBig) {
        var field = (dontFragment ? 0x4000 : 0) | (fragment ? 0x2000 : 0);
        var bytes = RawPacket.ipv4(99, "5a".repeat(fragment ? (length - 20) & ~7 : length - 20))
                .fragment(field)
                .bytes();
        var mtus = new NextHopMtus.Fixed(1500, 1500);
        assertThat(new Ipv4ToIpv6().isTooBig(TestPacket.parsed(bytes), TranslationOptions.RFC_7915.with(mtus)))
                .isEqualTo(tooBig);
    }

    @Test
    @Tag("C-018")
    @Tag("C-045")
    void neverFindsAnErrorTooBig() {
        var error = error4(SERVER, POOL4, 11, 0, 0, udp4(POOL4, 7, SERVER, 8, payload(1430)));
        var packet = TestPacket.parsed(Fragments.forbidden(error));
        var mtus = new NextHopMtus.Fixed(1280, 1500);
        assertThat(new Ipv4ToIpv6().isTooBig(packet, TranslationOptions.RFC_7915.with(mtus)))
                .isFalse();
    }

    private void assertUnchanged(byte[] bytes, DropReason reason) {
        var packet = TestPacket.parsed(bytes);
        assertThat(new Ipv4ToIpv6().translate(packet, outer, quoted, TranslationOptions.RFC_7915))
                .isEqualTo(reason);
        assertThat(TestPacket.wire(packet).octets()).isEqualTo(bytes);
        assertThat(packet.layers().version()).isEqualTo(4);
    }

    private Wire translated(byte[] bytes) {
        return translated(TestPacket.parsed(bytes), TranslationOptions.RFC_7915);
    }

    private Wire translated(Packet packet, TranslationOptions options) {
        assertThat(new Ipv4ToIpv6().translate(packet, outer, quoted, options)).isEqualTo(DropReason.NONE);
        assertThat(packet.layers().version()).isEqualTo(6);
        assertThat(packet.layers().start()).isEqualTo(packet.start());
        return TestPacket.wire(packet);
    }
}
