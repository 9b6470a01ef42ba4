// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.ip6;
import static nat64.translator.testing.Packets.ipv6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.Packets.unknown;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nat64.translator.packet.DropReason;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.namednumber.IpNumber;

@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class MalformedTest {

    private final TestTranslator translator;

    MalformedTest(TestMode mode) {
        translator = mode.start();
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    void dropsPacketsCutAtAnyOctet() {
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        for (var whole : samples(out)) {
            for (int length = 1; length < whole.length; length++) {
                assertThat(translator.send(Arrays.copyOf(whole, length)))
                        .as("%d of %d octets", length, whole.length)
                        .isEmpty();
            }
        }
        assertThat(translator.drops()).containsExactly(DropReason.TRUNCATED);
    }

    @Test
    void survivesAnyOctetBeingAnything() {
        var random = new Random(1);
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        for (var whole : samples(out)) {
            for (int i = 0; i < 20_000; i++) {
                var packet = whole.clone();
                for (int change = random.nextInt(4); change >= 0; change--) {
                    packet[random.nextInt(packet.length)] = (byte) random.nextInt();
                }
                translator.send(packet).forEach(MalformedTest::assertLengthsAgree);
            }
        }
        assertThat(translator.dropped(DropReason.INTERNAL_ERROR)).isZero();
    }

    @Test
    void survivesNoise() {
        var random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            var packet = new byte[1 + random.nextInt(200)];
            random.nextBytes(packet);
            packet[0] = (byte) (random.nextBoolean() ? 0x60 : 0x45);
            translator.send(packet).forEach(MalformedTest::assertLengthsAgree);
        }
        assertThat(translator.dropped(DropReason.INTERNAL_ERROR)).isZero();
    }

    @Test
    void ignoresWhatLiesBehindThePacket() {
        var packet = udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(10));
        assertThat(translator
                        .translate(Arrays.copyOf(packet, packet.length + 7))
                        .octets())
                .hasSize(20 + 8 + 10);
    }

    @Test
    void dropsPacketsWhoseHeadersLie() {
        drops(DropReason.MALFORMED, with(udp6(CLIENT, 1, SERVER_IN_PREF64, 53, payload(10)), 0, 0x70));
        drops(DropReason.MALFORMED, with(udp6(CLIENT, 1, SERVER_IN_PREF64, 53, payload(10)), 45, 7));
        drops(DropReason.MALFORMED, with(tcp6(CLIENT, 1, SERVER_IN_PREF64, 53, "S", payload(10)), 52, 0x40));
        drops(DropReason.MALFORMED, with(tcp6(CLIENT, 1, SERVER_IN_PREF64, 53, "S", payload(10)), 52, 0xf0));
        drops(DropReason.MALFORMED, with(udp4(SERVER, 1, "203.0.113.1", 53, payload(10)), 0, 0x44));
        drops(DropReason.BAD_HEADER_CHECKSUM, with(udp4(SERVER, 1, "203.0.113.1", 53, payload(10)), 1, 7));
    }

    /** RFC 791, section 3.1: a datagram of IPv4 has 65535 octets at most, its header included. */
    @Test
    @Tag("C-059")
    void dropsFragmentsThatReachBeyondTheLargestIpv4Datagram() {
        var fragment6 = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(8)), 8, 7)
                .getLast();
        translator.send(at(fragment6, 42, 65_504));
        var fragment4 = Fragments.ofIpv4(udp4(SERVER, 53, "203.0.113.1", 1025, payload(8)), 8)
                .getLast();
        translator.send(Fragments.allowed(at(fragment4, 6, 65_504 / 8)));
        assertThat(translator.dropped(DropReason.MALFORMED)).isZero();

        drops(DropReason.MALFORMED, at(fragment6, 42, 65_512));
        drops(DropReason.MALFORMED, Fragments.allowed(at(fragment4, 6, 65_512 / 8)));
    }

    @Test
    @Tag("C-055")
    @Tag("C-057")
    void skipsExtensionHeaders() {
        var datagram = Arrays.copyOfRange(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(10)), 40, 58);
        var packet = withExtensions(datagram, 17, 0, 43, 60, 60);
        var out = translator.translate(packet);
        assertThat(out.octets()).hasSize(20 + 8 + 10);
        assertThat(out.protocol()).isEqualTo(17);
    }

    @Test
    void dropsEndlessChainsOfExtensionHeaders() {
        var chain = new int[100];
        Arrays.fill(chain, 60);
        drops(DropReason.MALFORMED, withExtensions(payload(8), 17, chain));
    }

    @Test
    @Tag("C-056")
    void answersARoutingHeaderThatIsNotAtItsEnd() {
        var datagram = Arrays.copyOfRange(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(10)), 40, 58);
        var packet = withExtensions(datagram, 17, 60, 43);
        packet[48 + 3] = 1;
        var error = translator.translate(packet);
        assertThat(error.icmpType()).isEqualTo(4);
        assertThat(error.icmpCode()).isZero();
        assertThat(error.icmpRest()).isEqualTo(51);
        assertThat(translator.drops()).containsExactly(DropReason.ROUTING_HEADER);
    }

    @Test
    @Tag("C-060")
    @Tag("C-090")
    void refusesAFragmentThatAnExtensionHeaderFollows() {
        for (var packet : List.of(withExtensions(payload(8), 17, 44, 60), withExtensions(payload(24), 51, 44))) {
            var error = translator.translate(packet);
            assertThat(error.icmpType()).isEqualTo(1);
            assertThat(error.icmpCode()).isEqualTo(1);
        }
        assertThat(translator.dropped(DropReason.EXTENSION_IN_FRAGMENT)).isEqualTo(2);
    }

    @Test
    @Tag("C-009")
    void ignoresIpv4Options() {
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var packet = withOptions(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(10)), 1, 7, 4, 5, 0, 1, 1, 0);
        assertThat(translator.translate(packet).octets()).hasSize(40 + 8 + 10);
    }

    @ParameterizedTest(name = "option {0}")
    @ValueSource(ints = {131, 137})
    @Tag("C-010")
    void answersASourceRouteThatIsNotAtItsEnd(int option) {
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var udp = udp4(SERVER, 53, out.source(), out.sourcePort(), payload(10));
        var error = translator.translate(withOptions(udp, option, 7, 4, 192, 0, 2, 1, 0));
        assertThat(error.icmpType()).isEqualTo(3);
        assertThat(error.icmpCode()).isEqualTo(5);
        assertThat(translator
                        .translate(withOptions(udp, option, 7, 8, 192, 0, 2, 1, 0))
                        .version())
                .as("a route that is at its end")
                .isEqualTo(6);
    }

    @ParameterizedTest(name = "length {0}")
    @ValueSource(ints = {0, 1, 9, 255})
    @Tag("C-011")
    void dropsOptionsThatLeadNowhere(int length) {
        drops(
                DropReason.MALFORMED,
                withOptions(udp4(SERVER, 53, "203.0.113.1", 99, payload(10)), 7, length, 0, 0, 0, 0, 0, 0));
    }

    private void drops(DropReason reason, byte[] packet) {
        long before = translator.dropped(reason);
        assertThat(translator.send(packet)).isEmpty();
        assertThat(translator.dropped(reason)).isEqualTo(before + 1);
    }

    private static List<byte[]> samples(Wire out) {
        return List.of(
                udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(30)),
                tcp6(CLIENT, 1025, SERVER_IN_PREF64, 53, "S", payload(30)),
                echo6(CLIENT, SERVER_IN_PREF64, true, 5, 6),
                udp4(SERVER, 53, out.source(), out.sourcePort(), payload(30)),
                tcp4(SERVER, 53, out.source(), out.sourcePort(), "S", payload(30)),
                error4(SERVER, out.source(), 3, 3, 0, out.octets()),
                withExtensions(payload(40), 17, 0, 43, 44),
                ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.UDP, 64, udp(ip6(CLIENT), 1, ip6(CLIENT), 2, payload(3))));
    }

    private static void assertLengthsAgree(Wire packet) {
        assertThat(packet.version() == 6 ? packet.u16(4) + 40 : packet.u16(2)).isEqualTo(packet.octets().length);
    }

    private static byte[] with(byte[] packet, int at, int octet) {
        packet[at] = (byte) octet;
        return packet;
    }

    private static byte[] at(byte[] fragment, int field, int offset) {
        return ByteBuffer.wrap(fragment).putShort(field, (short) offset).array();
    }

    /** An IPv6 packet with extension headers of eight octets each. */
    private static byte[] withExtensions(byte[] transport, int protocol, int... extensions) {
        var octets = ByteBuffer.allocate(extensions.length * 8 + transport.length);
        for (int i = 0; i < extensions.length; i++) {
            int next = i + 1 < extensions.length ? extensions[i + 1] : protocol;
            octets.put((byte) next).position(octets.position() + 7);
        }
        octets.put(transport);
        var first = IpNumber.getInstance((byte) extensions[0]);
        return ipv6(CLIENT, SERVER_IN_PREF64, first, 64, unknown(octets.array()));
    }

    private static byte[] withOptions(byte[] ipv4, int... options) {
        var octets = ByteBuffer.allocate(ipv4.length + options.length).put(ipv4, 0, 20);
        for (int option : options) {
            octets.put((byte) option);
        }
        octets.put(ipv4, 20, ipv4.length - 20);
        octets.put(0, (byte) (0x45 + options.length / 4))
                .putShort(2, (short) octets.capacity())
                .putShort(10, (short) 0);
        int sum = 0;
        for (int i = 0; i < 20 + options.length; i += 2) {
            sum += octets.getShort(i) & 0xffff;
        }
        sum = (sum >>> 16) + (sum & 0xffff);
        return octets.putShort(10, (short) ~((sum >>> 16) + sum)).array();
    }
}
