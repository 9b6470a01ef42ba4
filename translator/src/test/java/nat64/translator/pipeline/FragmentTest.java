// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class FragmentTest {

    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;

    private final TestMode mode;
    private final TestTranslator translator;

    FragmentTest(TestMode mode) {
        this.mode = mode;
        translator = mode.start();
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    @Tag("C-053")
    void setsDontFragmentOnLargePacketsOnly() {
        assertThat(translator
                        .translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1232)))
                        .u16(6))
                .as("1260 octets")
                .isZero();
        assertThat(translator
                        .translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1233)))
                        .u16(6))
                .as("1261 octets")
                .isEqualTo(DONT_FRAGMENT);
    }

    @Test
    @Tag("C-052")
    void numbersPacketsThatMayBeFragmented() {
        int first = translator
                .translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)))
                .u16(4);
        int second = translator
                .translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)))
                .u16(4);
        assertThat(second).isEqualTo((first + 1) & 0xffff);
    }

    @Test
    @Tag("C-012")
    void writesNoFragmentHeaderWithoutNeed() {
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var back = translator.translate(
                Fragments.allowed(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(1000))));
        assertThat(back.transport()).isEqualTo(40);
    }

    @Test
    @Tag("C-014")
    @Tag("C-016")
    @Tag("C-127")
    void cutsLargePacketsWhoseSenderAllowsIt() {
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var packet = Fragments.allowed(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(4000)));

        var pieces = translator.send(packet);

        assertThat(pieces).hasSize(4);
        assertThat(pieces).allMatch(piece -> piece.octets().length <= 1280);
        assertThat(pieces.getFirst().octets()).as("48 of headers and 1232").hasSize(1280);
        var whole = Fragments.ipv6(pieces, 0x4242);
        assertThat(whole.assertSound().from(48)).isEqualTo(payload(4000));
        assertThat(whole.destinationPort()).isEqualTo(1025);
    }

    @Test
    void leavesLargePacketsWholeWhoseSenderForbidsIt() {
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var back = translator.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(4000)));
        assertThat(back.from(48)).isEqualTo(payload(4000));
    }

    @Test
    @Tag("C-059")
    @Tag("C-122")
    void translatesFragmentsFromTheIpv6Side() {
        var whole = udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000));
        var translated = new ArrayList<Wire>();
        for (var fragment : Fragments.ofIpv6(whole, 1200, 0xabcd1234)) {
            translated.addAll(translator.send(fragment));
        }
        assertThat(translated).hasSize(3);
        assertThat(translated).allMatch(piece -> piece.u16(4) == 0x1234);
        assertThat(translated.stream().map(piece -> piece.u16(6)).toList())
                .containsExactly(MORE_FRAGMENTS, MORE_FRAGMENTS | 150, 300);
        var out = Fragments.ipv4(translated);
        assertThat(out.assertSound().from(28)).isEqualTo(payload(3000));
        assertThat(out.destination()).isEqualTo(SERVER);
    }

    @Test
    @Tag("C-013")
    @Tag("C-017")
    void translatesFragmentsFromTheIpv4SideAndCutsThoseTooLong() {
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var whole = Fragments.allowed(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(5000)));
        var translated = new ArrayList<Wire>();
        for (var fragment : Fragments.ofIpv4(whole, 1480)) {
            translated.addAll(translator.send(fragment));
        }
        assertThat(translated).hasSize(7).allMatch(piece -> piece.octets().length <= 1280);
        assertThat(Fragments.ipv6(translated, 0x4242).assertSound().from(48)).isEqualTo(payload(5000));
    }

    @Test
    @Tag("C-069")
    @Tag("C-070")
    void dropsFragmentsWithoutChecksum() {
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var whole = Fragments.allowed(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(3000)));
        whole[26] = 0;
        whole[27] = 0;
        var sent = translator.send(Fragments.ofIpv4(whole, 1480).getFirst());
        switch (mode) {
            case NAT64 -> { // RFC 6146, section 3.4: silently
                assertThat(sent).isEmpty();
                assertThat(translator.drops()).containsExactly(DropReason.FRAGMENT_WITHOUT_CHECKSUM);
            }
            case SIIT -> { // RFC 7915, section 4.4
                assertThat(sent.getFirst().assertSound().icmpCode()).isEqualTo(13);
                assertThat(translator.drops()).containsExactly(DropReason.UDP_WITHOUT_CHECKSUM);
            }
        }
    }

    @Test
    @Tag("C-068")
    @Tag("C-070")
    void computesTheChecksumOfADatagramThatHasNone() {
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var packet = udp4(SERVER, 53, out.source(), out.sourcePort(), payload(333));
        packet[26] = 0;
        packet[27] = 0;
        assertThat(translator.translate(packet).from(48)).isEqualTo(payload(333));
    }

    @Test
    void computesTheChecksumOfADatagramShorterThanItsPacket() {
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var packet = udp4(SERVER, 53, out.source(), out.sourcePort(), payload(40));
        packet[25] = 20; // the datagram's own length: 28 octets lie behind it
        packet[26] = 0;
        packet[27] = 0;
        var back = translator.send(packet).getFirst();
        var datagram = ByteBuffer.allocate(60)
                .put(back.octets(), 0, 60)
                .putShort(4, (short) 20)
                .array();
        new Wire(datagram).assertSound();
    }

    @Test
    @Tag("C-021")
    @Tag("C-066")
    void dropsFragmentedIcmp() {
        var echo = echo6(CLIENT, SERVER_IN_PREF64, true, 1, 1);
        assertThat(translator.send(Fragments.ofIpv6(echo, 32, 7).getFirst())).isEmpty();
        assertThat(translator.drops()).containsExactly(DropReason.FRAGMENTED_ICMP);
    }

    @Test
    @Tag("C-061")
    void translatesAPacketInOnePieceThatHasAFragmentHeader() {
        var atomic = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1300)), 9000, 0x99990042);
        var out = translator.translate(atomic.getFirst());
        assertThat(out.u16(4)).isEqualTo(0x42);
        assertThat(out.u16(6)).isZero();
    }

    @Test
    @Tag("C-077")
    void cutsSuperPacketsOfSegmentationIntoSegmentsAndThoseIntoPieces() {
        var syn = translator.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "S", new byte[0]));
        translator.translate(tcp4(SERVER, 80, syn.source(), syn.sourcePort(), "SA", new byte[0]));
        var whole = Fragments.allowed(tcp4(SERVER, 80, syn.source(), syn.sourcePort(), "PAF", payload(4000)));

        var pieces = translator.sendSuperPacket(whole, Packet.Segmentation.TCP, 1440);

        assertThat(pieces).allMatch(piece -> piece.octets().length <= 1280);
        var data = new ByteArrayOutputStream();
        for (int segment = 0; segment < 3; segment++) {
            int identification = 0x4242 + segment;
            var own = pieces.stream()
                    .filter(piece -> piece.transport() == 48
                            && ByteBuffer.wrap(piece.octets()).getInt(44) == identification)
                    .toList();
            var packet = own.size() > 1 ? Fragments.ipv6(own, identification) : pieces.getLast();
            packet.assertSound();
            assertThat(ByteBuffer.wrap(packet.octets()).getInt(44)).isEqualTo(0x01020304 + segment * 1440);
            assertThat(packet.octets()[53] & 0x09).as("FIN and PSH").isEqualTo(segment == 2 ? 0x09 : 0);
            data.writeBytes(packet.from(60));
        }
        assertThat(data.toByteArray()).isEqualTo(payload(4000));
    }
}
