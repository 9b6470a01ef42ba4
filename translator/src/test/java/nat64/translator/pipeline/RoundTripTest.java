// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.ipv4;
import static nat64.translator.testing.Packets.ipv6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.Packets.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import nat64.translator.SiitSettings;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Eam;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.testing.TestSiit;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.namednumber.IpNumber;

/** What two stateless translators with the same mappings, one behind the other, make of packets: the same packets. */
class RoundTripTest {

    private static final int PACKETS = 3000;
    private static final IpNumber SOME_PROTOCOL = IpNumber.getInstance((byte) 253);

    private final SplittableRandom random = new SplittableRandom(464);

    /** Hosts that speak IPv4 on both ends of an IPv6 network: 192.0.2.0/24 here, all others there. */
    @Test
    @Tag("C-112")
    @Tag("C-113")
    @Tag("C-114")
    @Tag("C-067")
    @Tag("C-005")
    @Tag("C-002")
    @Tag("C-050")
    void ipv4PacketsComeBackAsTheyWere() {
        try (var near = new TestTranslator(settings(false));
                var far = new TestTranslator(settings(true))) {
            for (int i = 0; i < PACKETS; i++) {
                var packet = packet4();
                var between = near.forward(packet);
                assertThat(between.version()).isEqualTo(6);
                var after = far.forward(between.octets());
                assertThat(after.octets()[8]).as("TTL").isEqualTo((byte) (packet[8] - 2));
                assertThat(withoutHopsAndIdentification4(after.octets()))
                        .isEqualTo(withoutHopsAndIdentification4(packet));
            }
        }
    }

    @Test
    @Tag("C-112")
    @Tag("C-113")
    @Tag("C-114")
    @Tag("C-067")
    @Tag("C-005")
    @Tag("C-002")
    @Tag("C-050")
    void ipv6PacketsComeBackAsTheyWere() {
        try (var near = new TestTranslator(settings(true));
                var far = new TestTranslator(settings(false))) {
            for (int i = 0; i < PACKETS; i++) {
                var packet = packet6();
                var between = near.forward(packet);
                assertThat(between.version()).isEqualTo(4);
                var after = far.forward(between.octets());
                assertThat(after.octets()[7]).as("hop limit").isEqualTo((byte) (packet[7] - 2));
                assertThat(withoutHopsAndFlow6(after.octets())).isEqualTo(withoutHopsAndFlow6(packet));
            }
        }
    }

    @Test
    @Tag("C-067")
    @Tag("C-071")
    void rightChecksumsStayRightAndWrongOnesWrong() {
        try (var siit = new TestTranslator(TestSiit.SETTINGS)) {
            for (int i = 0; i < PACKETS; i++) {
                var octets = payload(random.nextInt(300));
                var udp = udp6(TestSiit.HOST, port(), TestSiit.REMOTE_V6, port(), octets);
                assertThat(siit.forward(udp).transportSum()).isEqualTo(0xffff);
                udp[46] ^= (byte) (1 + random.nextInt(254));
                var changed = siit.forward(udp);
                assertThat(changed.u16(26) == 0 || changed.transportSum() != 0xffff)
                        .isTrue();
            }
        }
    }

    /** One of two ends: the hosts with Explicit Address Mappings are on the IPv4 side, or on the IPv6 side. */
    private static SiitSettings settings(boolean eamsOnIpv6Side) {
        var base = TestSiit.SETTINGS;
        return new SiitSettings(
                base.pref64s(),
                List.of(Eam.parse("192.0.2.0/24", "2001:db8:7::/56")),
                eamsOnIpv6Side ? List.of() : List.of(Ipv6Prefix.parse("2001:db8:64::/96")),
                eamsOnIpv6Side ? List.of(TestSiit.EVERYWHERE) : List.<Ipv4Prefix>of(),
                false,
                base.icmpSources(),
                true,
                EamHairpinning.OFF,
                false,
                base.ownAddress(),
                base.ownIpv4Address(),
                TranslatorSettings.ICMP_ERRORS_PER_SECOND,
                TranslationOptions.RFC_7915);
    }

    private byte[] packet4() {
        var host = "192.0.2." + random.nextInt(256);
        var remote = "198.51.100." + random.nextInt(256);
        var octets = payload(random.nextInt(1300));
        return switch (random.nextInt(4)) {
            case 0 -> udp4(host, port(), remote, port(), octets);
            case 1 -> tcp4(host, port(), remote, port(), "A", octets);
            case 2 -> echo4(host, remote, random.nextBoolean(), port(), port());
            default -> ipv4(host, remote, SOME_PROTOCOL, 60, true, unknown(octets));
        };
    }

    private byte[] packet6() {
        var eam = Eam.parse("192.0.2.0/24", "2001:db8:7::/56");
        int ipv4 = Ipv4Address.parse("192.0.2." + random.nextInt(256));
        var host = new Ipv6Address(eam.ipv6High(ipv4), eam.ipv6Low(ipv4)).toString();
        var remote = "2001:db8:64::c633:64%02x".formatted(random.nextInt(256));
        var octets = payload(random.nextInt(1300));
        return switch (random.nextInt(4)) {
            case 0 -> udp6(host, port(), remote, port(), octets);
            case 1 -> tcp6(host, port(), remote, port(), "A", octets);
            case 2 -> echo6(host, remote, random.nextBoolean(), port(), port());
            default -> ipv6(host, remote, SOME_PROTOCOL, 60, unknown(octets));
        };
    }

    private int port() {
        return 1 + random.nextInt(65_535);
    }

    private static byte[] withoutHopsAndIdentification4(byte[] packet) {
        assertThat(new Wire(packet).ipv4().getHeaderChecksum()).isNotZero();
        var copy = packet.clone();
        Arrays.fill(copy, 4, 6, (byte) 0); // identification
        copy[6] &= ~0x40; // forbidden to cut only where an IPv6 path could not: RFC 7915, section 5.1
        copy[8] = 0;
        Arrays.fill(copy, 10, 12, (byte) 0);
        return copy;
    }

    private static byte[] withoutHopsAndFlow6(byte[] packet) {
        var copy = packet.clone();
        copy[1] &= (byte) 0xf0;
        Arrays.fill(copy, 2, 4, (byte) 0);
        copy[7] = 0;
        return copy;
    }
}
