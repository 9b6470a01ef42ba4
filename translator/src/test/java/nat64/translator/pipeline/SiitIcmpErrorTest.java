// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.ipv4;
import static nat64.translator.testing.Packets.ipv6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.Packets.unknown;
import static nat64.translator.testing.TestSiit.HOST;
import static nat64.translator.testing.TestSiit.HOST_V4;
import static nat64.translator.testing.TestSiit.REMOTE;
import static nat64.translator.testing.TestSiit.REMOTE_V6;
import static nat64.translator.testing.TestSiit.ROUTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import nat64.translator.packet.DropReason;
import nat64.translator.testing.Packets;
import nat64.translator.testing.TestSiit;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.namednumber.IpNumber;

class SiitIcmpErrorTest {

    private final TestTranslator siit = new TestTranslator(TestSiit.SETTINGS);

    @AfterEach
    void close() {
        siit.close();
    }

    @Test
    @Tag("C-037")
    @Tag("C-114")
    void translatesTheQuotedPacketEachAddressOnItsOwn() {
        var error = siit.translate(
                error6(HOST, REMOTE_V6, 1, 4, 0, udp6(REMOTE_V6, 53, "2001:db8:cccc::8", 40_000, payload(64))));
        assertThat(error.source()).isEqualTo(HOST_V4);
        assertThat(error.icmpType()).isEqualTo(3);
        assertThat(error.icmpCode()).isEqualTo(3);
        var quoted = error.quoted().assertSound();
        assertThat(quoted.source()).isEqualTo(REMOTE);
        assertThat(quoted.destination()).isEqualTo("192.0.2.24");
        assertThat(quoted.destinationPort()).isEqualTo(40_000);
        assertThat(quoted.ipv4().getTtl()).as("not decremented").isEqualTo((byte) 64);

        var back = siit.translate(
                error4("198.51.100.254", HOST_V4, 11, 0, 0, udp4("192.0.2.24", 40_000, REMOTE, 53, payload(64))));
        assertThat(back.source()).isEqualTo(Wire.address("2001:db8:64::c633:64fe"));
        assertThat(back.icmpType()).isEqualTo(3);
        assertThat(back.quoted().assertSound().source()).isEqualTo(Wire.address("2001:db8:cccc::8"));
        assertThat(back.quoted().destination()).isEqualTo(Wire.address(REMOTE_V6));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 132, 33})
    @Tag("C-037")
    @Tag("C-072")
    @Tag("C-029")
    void translatesQuotesOfAnyProtocol(int protocol) {
        var number = IpNumber.getInstance((byte) protocol);
        var error = siit.translate(
                error6(HOST, REMOTE_V6, 1, 0, 0, ipv6(REMOTE_V6, HOST, number, 61, unknown(payload(30)))));
        assertThat(error.quoted().ipv4().getProtocol()).isEqualTo(number);
        assertThat(error.quoted().from(20)).isEqualTo(payload(30));
        var back = siit.translate(
                error4(REMOTE, HOST_V4, 3, 2, 0, ipv4(HOST_V4, REMOTE, number, 61, true, unknown(payload(5)))));
        assertThat(back.icmpType()).isEqualTo(4);
        assertThat(back.icmpRest()).as("C-029").isEqualTo(6);
        assertThat(back.quoted().from(40)).isEqualTo(payload(5));
    }

    @Test
    @Tag("C-040")
    @Tag("C-038")
    void translatesTheAddressesOfAQuotedLaterFragment() {
        var fragment = udp4(HOST_V4, 1, REMOTE, 2, payload(64));
        fragment[6] = 0x20;
        fragment[7] = 20;
        fragment[10] = 0;
        fragment[11] = 0;
        var sealed = seal(fragment);
        var error = siit.translate(error4(REMOTE, HOST_V4, 3, 1, 0, sealed));
        var quoted = error.quoted();
        assertThat(quoted.source()).isEqualTo(Wire.address(HOST));
        assertThat(quoted.octets()[6]).isEqualTo((byte) 44);
        assertThat(quoted.u16(42)).isEqualTo(161);
        assertThat(quoted.from(48)).isEqualTo(Arrays.copyOfRange(fragment, 20, fragment.length));
    }

    @Test
    @Tag("C-037")
    void dropsAnErrorAboutAnError() {
        var inner = error4(HOST_V4, REMOTE, 3, 1, 0, udp4(REMOTE, 1, HOST_V4, 2, payload(8)));
        assertThat(siit.send(error4(REMOTE, HOST_V4, 3, 1, 0, inner))).isEmpty();
        assertThat(siit.drops()).containsExactly(DropReason.BAD_QUOTED_PACKET);
    }

    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(ints = {0, 43, 44, 58, 60})
    @Tag("C-037")
    void dropsAnErrorAboutAPacketThatWasNeverTranslated(int protocol) {
        var quoted = ipv4(HOST_V4, REMOTE, IpNumber.getInstance((byte) protocol), 61, true, unknown(payload(40)));
        assertThat(siit.send(error4(REMOTE, HOST_V4, 3, 2, 0, quoted))).isEmpty();
        assertThat(siit.drops()).containsExactly(DropReason.BAD_QUOTED_PACKET);
    }

    @Test
    @Tag("C-087")
    void dropsAnErrorAboutIcmpv4InIpv6() {
        var quoted = ipv6(REMOTE_V6, HOST, IpNumber.ICMPV4, 61, unknown(payload(40)));
        assertThat(siit.send(error6(HOST, REMOTE_V6, 1, 0, 0, quoted))).isEmpty();
        assertThat(siit.drops()).containsExactly(DropReason.BAD_QUOTED_PACKET);
    }

    @Test
    @Tag("C-008")
    void translatesAnErrorWithAnIllegalSource() {
        var error = siit.translate(error4("127.0.0.1", HOST_V4, 11, 0, 0, udp4(HOST_V4, 1, REMOTE, 2, payload(8))));
        assertThat(error.source()).isEqualTo(Wire.address("2001:db8:64::7f00:1"));
    }

    @ParameterizedTest(name = "to {0} with TTL {1}: {2}/{3}")
    @CsvSource({
        HOST_V4 + ", 1, 11, 0",
        HOST_V4 + ", 0, 11, 0",
        "8.8.8.8, 64, 3, 13",
        "8.8.8.8, 1, 3, 13",
        "169.254.1.1, 64, 3, 13",
        "203.0.113.7, 64, 3, 13",
    })
    @Tag("C-006")
    void reportsFromItsOwnAddressNeverFromThatOfTheDestination(String destination, int ttl, int type, int code) {
        var datagram = Packets.udp(Packets.ip4(REMOTE), 33_434, Packets.ip4(destination), 53, payload(8));
        var error = siit.translate(ipv4(REMOTE, destination, IpNumber.UDP, ttl, true, datagram));
        assertThat(error.source()).isEqualTo(TestSiit.OWN_IPV4);
        assertThat(error.destination()).isEqualTo(REMOTE);
        assertThat(error.icmpType()).isEqualTo(type);
        assertThat(error.icmpCode()).isEqualTo(code);
        assertThat(error.quoted().destination()).isEqualTo(destination);
    }

    @Test
    @Tag("C-106")
    void givesARouterWithoutIpv4AddressTheDummyAddress() {
        var error = siit.translate(fromRouter(3, 0, 200));
        assertThat(error.source()).isEqualTo("192.0.0.8");
        assertThat(error.destination()).isEqualTo(REMOTE);
        assertThat(error.icmpType()).isEqualTo(11);
    }

    @Test
    @Tag("C-107")
    void choosesAnAddressOfThePoolByChance() {
        try (var pooled = new TestTranslator(TestSiit.withIcmpSources(true, "203.0.113.4/31", "203.0.113.9"))) {
            var seen = new HashSet<String>();
            for (int i = 1; i <= 100; i++) {
                var router = "2001:db8:5::" + Integer.toHexString(i);
                seen.add(pooled.translate(from(router, 3, 0, 10)).source());
            }
            assertThat(seen).containsExactlyInAnyOrder("203.0.113.4", "203.0.113.5", "203.0.113.9");
        }
    }

    @Test
    @Tag("C-107")
    void showsARouterByTheSameAddressEachTime() {
        try (var pooled = new TestTranslator(TestSiit.withIcmpSources(true, "198.18.0.0/15"))) {
            var seen = new HashSet<String>();
            for (int i = 0; i < 100; i++) {
                seen.add(pooled.translate(fromRouter(3, 0, 10)).source());
            }
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    @Tag("C-106")
    void refusesAllButErrorsFromThere() {
        siit.send(udp6(ROUTER, 1, REMOTE_V6, 2, payload(1)));
        siit.send(Packets.echo6(ROUTER, REMOTE_V6, true, 1, 1));
        assertThat(siit.dropped(DropReason.UNTRANSLATABLE_SOURCE)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"3, 0, 11, 8", "3, 0, 11, 100", "3, 0, 11, 1000", "1, 0, 3, 40", "4, 0, 12, 60", "2, 0, 3, 1100"})
    @Tag("C-108")
    @Tag("C-109")
    @Tag("C-110")
    void tellsTheIpv6AddressOfTheRouter(int type, int code, int typeV4, int length) {
        var error = siit.translate(fromRouter(type, code, length));
        assertThat(error.icmpType()).isEqualTo(typeV4);
        assertThat(error.octets().length).isLessThanOrEqualTo(576);
        int quoteOctets = (error.octets()[25] & 0xff) * 4;
        assertThat(quoteOctets).as("RFC 4884, section 3").isGreaterThanOrEqualTo(128);
        var structure = error.from(28 + quoteOctets);
        assertThat(structure).hasSize(28);
        assertThat(structure[0]).as("version 2").isEqualTo((byte) 0x20);
        assertThat(sum(structure)).as("checksum of the structure").isEqualTo(0xffff);
        assertThat(Arrays.copyOfRange(structure, 4, 12))
                .as("length 24, class 2, type 4; IPv6")
                .containsExactly(0, 24, 2, 4, 0, 2, 0, 0);
        assertThat(Arrays.copyOfRange(structure, 12, 28))
                .isEqualTo(Packets.ip6(ROUTER).getAddress());
        int kept = Math.min(length + 8, quoteOctets - 20);
        assertThat(Arrays.copyOfRange(error.octets(), 48 + 8, 48 + kept))
                .isEqualTo(Arrays.copyOf(payload(length), kept - 8));
    }

    @Test
    @Tag("C-108")
    void keepsItToItselfIfAsked() {
        try (var discreet = new TestTranslator(TestSiit.withIcmpSources(false, "192.0.0.8"))) {
            var error = discreet.translate(fromRouter(3, 0, 20));
            assertThat(error.octets()[25]).isZero();
            assertThat(error.octets()).hasSize(20 + 8 + 20 + 8 + 20);
        }
    }

    private static byte[] fromRouter(int type, int code, int payload) {
        return from(ROUTER, type, code, payload);
    }

    private static byte[] from(String router, int type, int code, int payload) {
        int rest = type == 2 ? 1400 : type == 4 ? 7 : 0;
        return error6(router, REMOTE_V6, type, code, rest, udp6(REMOTE_V6, 53, HOST, 40_000, payload(payload)));
    }

    private static byte[] seal(byte[] ipv4) {
        int checksum = ~sum(Arrays.copyOf(ipv4, 20)) & 0xffff;
        ipv4[10] = (byte) (checksum >>> 8);
        ipv4[11] = (byte) checksum;
        return ipv4;
    }

    private static int sum(byte[] octets) {
        int sum = 0;
        for (int i = 0; i < octets.length; i++) {
            sum += (octets[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        return (sum >>> 16) + (sum & 0xffff);
    }
}
