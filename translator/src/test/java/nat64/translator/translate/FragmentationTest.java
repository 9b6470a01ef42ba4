// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.translate.TranslationOptions.COPY;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.List;
import nat64.translator.device.MemoryPort;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv6Tuple;
import nat64.translator.packet.Packet;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.Packets;
import nat64.translator.testing.PortStub;
import nat64.translator.testing.TestPacket;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentationTest {

    private static final String HOST = "192.0.2.1";
    private static final String SERVER = "198.51.100.2";
    private static final int IDENTIFICATION = 0x4242; // of testing.Packets

    @ParameterizedTest(name = "a payload of {0} bytes, MTU {1}: {2} fragments")
    @CsvSource({"1473, 1500, 2", "4000, 1500, 3", "100, 68, 3", "1000, 576, 2", "65507, 68, 1365", "4000, 1501, 3"})
    @Tag("C-062")
    void fragmentsIpv4Packets(int length, int mtu, int count) {
        var whole = Fragments.allowed(udp4(HOST, 1, SERVER, 2, payload(length)));
        var sent = send(TestPacket.parsed(whole), options(1280, 1500, mtu));
        assertThat(sent).hasSize(count).allSatisfy(fragment -> {
            assertThat(fragment.octets().length).isLessThanOrEqualTo(mtu);
            assertThat(fragment.u16(4)).isEqualTo(IDENTIFICATION);
            assertThat(fragment.ipv4().hasValidChecksum(false)).isTrue();
        });
        assertThat(Fragments.ipv4(sent).octets()).isEqualTo(whole);
    }

    @ParameterizedTest(name = "a payload of {0} bytes, lowest MTU {1}, link {2}: {3} fragments")
    @CsvSource({"1233, 1280, 1500, 2", "4000, 1280, 1500, 4", "4000, 1500, 1400, 3", "4000, 1500, 9000, 3"})
    @Tag("C-013")
    @Tag("C-014")
    @Tag("C-015")
    void fragmentsIpv6PacketsOfSendersThatAllowIt(int length, int lowest, int link, int count) {
        var packet = translated(Fragments.allowed(udp4(HOST, 1, SERVER, 2, payload(length))));
        var whole = TestPacket.wire(packet);
        var sent = send(packet, options(lowest, link, 1500));
        assertThat(sent)
                .hasSize(count)
                .allSatisfy(
                        fragment -> assertThat(fragment.octets().length).isLessThanOrEqualTo(Math.min(lowest, link)));
        assertThat(Fragments.ipv6(sent, IDENTIFICATION).assertSound().octets()).isEqualTo(whole.octets());
    }

    @Test
    @Tag("C-017")
    void fragmentsAFragmentFurther() {
        var fragments = Fragments.ofIpv4(Fragments.allowed(udp4(HOST, 1, SERVER, 2, payload(4000))), 2400);
        for (int i = 0; i < 2; i++) {
            var sent = send(translated(fragments.get(i)), options(1280, 1500, 1500));
            assertThat(sent).hasSize(2);
            int start = i * 2400;
            assertThat(sent.get(0).u16(42)).isEqualTo(start | 1);
            assertThat(sent.get(1).u16(42)).isEqualTo(start + 1232 | (i == 0 ? 1 : 0));
            assertThat(sent).allSatisfy(one -> assertThat(one.u16(46)).isEqualTo(IDENTIFICATION));
        }
    }

    @ParameterizedTest(name = "IPv4 of {0} bytes, DF {1}: {2}")
    @CsvSource({"1500, false, false", "1501, false, true", "1501, true, false"})
    @Tag("C-062")
    void fragmentsIpv4PacketsWithoutDontFragmentOnly(int length, boolean dontFragment, boolean needed) {
        var bytes = udp4(HOST, 1, SERVER, 2, payload(length - 28));
        var packet = TestPacket.parsed(dontFragment ? Fragments.forbidden(bytes) : Fragments.allowed(bytes));
        assertThat(fragmentation().isNeeded(packet, options(1280, 1500, 1500))).isEqualTo(needed);
    }

    @ParameterizedTest(name = "IPv6 of {0} bytes, DF of the sender {1}: {2}")
    @CsvSource({"1280, false, false", "1281, false, true", "1281, true, false"})
    @Tag("C-014")
    void fragmentsIpv6PacketsOnlyIfTheSenderAllowsIt(int length, boolean dontFragment, boolean needed) {
        var bytes = udp4(HOST, 1, SERVER, 2, payload(length - 48));
        var packet = translated(dontFragment ? Fragments.forbidden(bytes) : Fragments.allowed(bytes));
        assertThat(fragmentation().isNeeded(packet, options(1280, 1500, 1500))).isEqualTo(needed);
    }

    @Test
    @Tag("C-077")
    void fragmentsEachSegmentOfASuperPacket() {
        var bytes = Fragments.allowed(tcp4(HOST, 1, SERVER, 2, "A", payload(2500)));
        var packet = translate(TestPacket.parsedSuperPacket(bytes, Packet.Segmentation.TCP, 1440));
        var sent = send(packet, options(1280, 1500, 1500));
        assertThat(sent).hasSize(3);
        Fragments.ipv6(sent.subList(0, 2), IDENTIFICATION).assertSound();
        assertThat(sent.get(2).assertSound().octets()).hasSize(40 + 20 + 2500 - 1440);
    }

    @Test
    void reportsAFragmentThatThePortRefuses() {
        var packet = TestPacket.parsed(Fragments.allowed(udp4(HOST, 1, SERVER, 2, payload(3000))));
        int[] calls = {0};
        var port = new PortStub(() -> ++calls[0] != 2);
        boolean sent = fragmentation().send(packet, port, options(1280, 1500, 1500));
        assertThat(sent).isFalse();
        assertThat(calls[0]).as("the others are sent").isEqualTo(3);
    }

    private static List<Wire> send(Packet packet, TranslationOptions options) {
        var fragmentation = fragmentation();
        assertThat(fragmentation.isNeeded(packet, options)).isTrue();
        try (var port = new MemoryPort()) {
            assertThat(fragmentation.send(packet, port, options)).isTrue();
            return port.drain().stream().map(Wire::new).toList();
        }
    }

    private static Fragmentation fragmentation() {
        return new Fragmentation(Arena.ofAuto());
    }

    private static TranslationOptions options(int lowest, int ipv6, int ipv4) {
        return new TranslationOptions(lowest, new NextHopMtus.Fixed(ipv6, ipv4), MssClamp.OFF, COPY, COPY);
    }

    private static Packet translated(byte[] ipv4) {
        return translate(TestPacket.parsed(Packets.withHeaderChecksum(ipv4)));
    }

    private static Packet translate(Packet packet) {
        var tuple = new Ipv6Tuple().source(0x20010db800000000L, 1, 1).destination(0x20010db800000000L, 2, 2);
        assertThat(new Ipv4ToIpv6().translate(packet, tuple, tuple, TranslationOptions.RFC_7915))
                .isEqualTo(DropReason.NONE);
        return packet;
    }
}
