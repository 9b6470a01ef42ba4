// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

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
import static nat64.translator.testing.TestSiit.HOST;
import static nat64.translator.testing.TestSiit.HOST_V4;
import static nat64.translator.testing.TestSiit.REMOTE;
import static nat64.translator.testing.TestSiit.REMOTE_V6;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import nat64.translator.address.Eam;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.testing.TestSiit;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.namednumber.IpNumber;

class SiitTest {

    private final TestTranslator siit = new TestTranslator(TestSiit.SETTINGS);

    @AfterEach
    void close() {
        siit.close();
    }

    @Test
    @Tag("C-001")
    @Tag("C-049")
    @Tag("C-067")
    void translatesUdpToIpv4AndKeepsThePorts() {
        var out = siit.translate(udp6(HOST, 40_000, REMOTE_V6, 53, payload(100)));
        assertThat(out.source()).isEqualTo(HOST_V4);
        assertThat(out.destination()).isEqualTo(REMOTE);
        assertThat(out.sourcePort()).isEqualTo(40_000);
        assertThat(out.destinationPort()).isEqualTo(53);
        assertThat(out.ipv4().getTtl()).isEqualTo((byte) 63);
        assertThat(out.from(28)).isEqualTo(payload(100));
    }

    @Test
    @Tag("C-001")
    @Tag("C-067")
    void translatesTcpToIpv6WithoutAnySynBefore() {
        var in = siit.translate(tcp4(REMOTE, 80, HOST_V4, 40_000, "A", payload(500)));
        assertThat(in.source()).isEqualTo(Wire.address(REMOTE_V6));
        assertThat(in.destination()).isEqualTo(Wire.address(HOST));
        assertThat(in.ipv6().getHopLimit()).isEqualTo((byte) 63);
        assertThat(in.ipv6().getFlowLabel().value()).isZero();
        assertThat(siit.statistics().tables()).isEmpty();
        assertThat(siit.translate(tcp6(HOST, 40_000, REMOTE_V6, 80, "A", payload(1)))
                        .destinationPort())
                .isEqualTo(80);
    }

    @Test
    @Tag("C-025")
    void translatesEchoesAndKeepsTheIdentifier() {
        var out = siit.translate(echo6(HOST, REMOTE_V6, true, 77, 3));
        assertThat(out.icmpType()).isEqualTo(8);
        assertThat(out.icmpIdentifier()).isEqualTo(77);
        var back = siit.translate(echo4(REMOTE, HOST_V4, false, 77, 3));
        assertThat(back.icmpType()).isEqualTo(129);
        assertThat(back.icmpIdentifier()).isEqualTo(77);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 33, 41, 47, 50, 51, 59, 89, 112, 132, 136, 253})
    @Tag("C-072")
    @Tag("C-055")
    void forwardsEveryTransportProtocolAsItIs(int protocol) {
        var number = IpNumber.getInstance((byte) protocol);
        var out = siit.forward(ipv6(HOST, REMOTE_V6, number, 64, unknown(payload(61))));
        assertThat(out.ipv4().getProtocol()).isEqualTo(number);
        assertThat(out.from(20)).isEqualTo(payload(61));
        var back = siit.forward(ipv4(REMOTE, HOST_V4, number, 64, true, unknown(payload(3))));
        assertThat(back.ipv6().getNextHeader()).isEqualTo(number);
        assertThat(back.from(40)).isEqualTo(payload(3));
    }

    @Test
    @Tag("C-027")
    void staysSilentAboutIgmp() {
        assertThat(siit.send(ipv4(REMOTE, HOST_V4, IpNumber.IGMP, 64, true, unknown(payload(8)))))
                .isEmpty();
        assertThat(siit.drops()).containsExactly(DropReason.UNTRANSLATABLE_ICMP);
    }

    @Test
    @Tag("C-027")
    void staysSilentAboutIgmpFromTheIpv6Side() {
        assertThat(siit.send(ipv6(HOST, REMOTE_V6, IpNumber.IGMP, 64, unknown(payload(8)))))
                .isEmpty();
        assertThat(siit.drops()).containsExactly(DropReason.UNTRANSLATABLE_ICMP);
    }

    @Test
    @Tag("C-006")
    @Tag("C-054")
    void tellsTheSenderWhenTimeRunsOut() {
        var fromIpv6 = ipv6(HOST, REMOTE_V6, IpNumber.SCTP, 1, unknown(payload(30)));
        assertThat(siit.translate(fromIpv6).icmpType()).isEqualTo(3);
        var fromIpv4 = ipv4(REMOTE, HOST_V4, IpNumber.SCTP, 1, true, unknown(payload(30)));
        assertThat(siit.translate(fromIpv4).icmpType()).isEqualTo(11);
    }

    @Test
    @Tag("C-068")
    @Tag("C-047")
    void dropsUdpWithoutChecksumByDefaultAndTellsTheSender() {
        var error = siit.translate(withoutChecksum(udp4(REMOTE, 53, HOST_V4, 40_000, payload(100))));
        assertThat(siit.drops()).containsExactly(DropReason.UDP_WITHOUT_CHECKSUM);
        assertThat(error.destination()).isEqualTo(REMOTE);
        assertThat(error.icmpType()).isEqualTo(3);
        assertThat(error.icmpCode()).isEqualTo(13);
        assertThat(error.quoted().destinationPort()).isEqualTo(40_000);
    }

    @Test
    @Tag("C-068")
    void computesUdpChecksumsIfAsked() {
        try (var computing = new TestTranslator(TestSiit.computingUdpChecksums())) {
            var out = computing.translate(withoutChecksum(udp4(REMOTE, 53, HOST_V4, 40_000, payload(101))));
            assertThat(out.u16(46)).isNotZero();
        }
    }

    @Test
    @Tag("C-071")
    void neverSendsAComputedChecksumOfZero() {
        var octets = udp4("192.0.2.5", 4000, HOST_V4, 2000, payload(2));
        var other = new TestTranslator(wellKnown("192.0.2.2", "2001:db8::5", true));
        var vector = ByteBuffer.wrap(udp4("192.0.2.5", 4000, "192.0.2.2", 2000, new byte[] {(byte) 0xf8, (byte) 0xa6}))
                .putShort(26, (short) 0x6bbb)
                .array();
        assertThat(other.translate(vector).u16(46)).isEqualTo(0xffff);
        assertThat(siit.translate(octets).u16(46)).isNotZero();
        other.close();
    }

    @Test
    @Tag("C-047")
    @Tag("C-069")
    void dropsAFirstFragmentWithoutChecksumAndTellsTheSender() {
        var fragment = fragment4(withoutChecksum(udp4(REMOTE, 53, HOST_V4, 40_000, payload(80))), 0, true);
        try (var computing = new TestTranslator(TestSiit.computingUdpChecksums())) {
            var error = computing.translate(fragment);
            assertThat(error.icmpType()).isEqualTo(3);
            assertThat(error.icmpCode()).isEqualTo(13);
            assertThat(computing.drops()).containsExactly(DropReason.UDP_WITHOUT_CHECKSUM);
        }
    }

    @Test
    @Tag("C-013")
    @Tag("C-016")
    @Tag("C-040")
    void passesFragmentsOneByOneInAnyOrder() {
        var later = siit.forward(fragment4(udp4(REMOTE, 53, HOST_V4, 40_000, payload(80)), 160, false));
        assertThat(later.octets()[6]).isEqualTo((byte) 44);
        assertThat(later.u16(42)).isEqualTo(160);
        assertThat(later.source()).isEqualTo(Wire.address(REMOTE_V6));
        assertThat(later.from(48)).hasSize(88);
        var first = siit.forward(fragment4(udp4(REMOTE, 53, HOST_V4, 40_000, payload(80)), 0, true));
        assertThat(first.u16(42)).isEqualTo(1);
        assertThat(first.destinationPort()).isEqualTo(40_000);
    }

    @Test
    @Tag("C-113")
    @Tag("C-047")
    void refusesSourcesAndDestinationsThatHaveNoIpv4Address() {
        var source = siit.translate(udp6("2001:db8:9::9", 1, REMOTE_V6, 2, payload(1)));
        assertThat(source.icmpType()).isEqualTo(1);
        assertThat(source.icmpCode()).isEqualTo(1);
        siit.translate(udp6(HOST, 1, "2001:db8:9::9", 2, payload(1)));
        assertThat(siit.drops())
                .containsExactlyInAnyOrder(DropReason.UNTRANSLATABLE_SOURCE, DropReason.UNTRANSLATABLE_DESTINATION);
    }

    @Test
    @Tag("C-102")
    void refusesSourcesForgedInsideThePref64() {
        var error = siit.translate(udp6("2001:db8:64::c633:6407", 1, REMOTE_V6, 2, payload(1)));
        assertThat(error.icmpCode()).isEqualTo(1);
        assertThat(siit.drops()).containsExactly(DropReason.CLIENT_NOT_ALLOWED);
    }

    @Test
    @Tag("C-102")
    @Tag("C-113")
    void translatesHostsInsideThePref64ThatAreConfigured() {
        try (var translatable = new TestTranslator(TestSiit.withIpv6Hosts("2001:db8:64::c633:6440/124"))) {
            var host = "2001:db8:64::c633:6447";
            assertThat(translatable
                            .translate(udp6(host, 1, REMOTE_V6, 2, payload(1)))
                            .source())
                    .isEqualTo("198.51.100.71");
            assertThat(translatable
                            .translate(udp4(REMOTE, 1, "198.51.100.71", 2, payload(1)))
                            .destination())
                    .isEqualTo(Wire.address(host));
        }
    }

    @Test
    @Tag("C-047")
    void refusesIpv4DestinationsThatAreNoIpv6Host() {
        var error = siit.translate(udp4(REMOTE, 1, "203.0.113.7", 2, payload(1)));
        assertThat(error.icmpType()).isEqualTo(3);
        assertThat(error.icmpCode()).isEqualTo(13);
        assertThat(siit.drops()).containsExactly(DropReason.UNTRANSLATABLE_DESTINATION);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.1", "127.0.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"})
    @Tag("C-007")
    @Tag("C-024")
    void staysSilentAboutIllegalIpv4Sources(String source) {
        assertThat(siit.send(udp4(source, 1, HOST_V4, 2, payload(1)))).isEmpty();
        assertThat(siit.drops()).containsExactly(DropReason.ILLEGAL_SOURCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "ff02::1", "fe80::1"})
    @Tag("C-058")
    void staysSilentAboutIllegalIpv6Sources(String source) {
        assertThat(siit.send(udp6(source, 1, REMOTE_V6, 2, payload(1)))).isEmpty();
        assertThat(siit.drops()).containsExactly(DropReason.ILLEGAL_SOURCE);
    }

    @Test
    @Tag("C-076")
    @Tag("C-077")
    void translatesSuperPacketsWhole() {
        var out = siit.sendSuperPacket(
                tcp6(HOST, 40_000, REMOTE_V6, 80, "A", payload(9000)), Packet.Segmentation.TCP, 1400);
        assertThat(out).hasSize(1);
        assertThat(out.getFirst().source()).isEqualTo(HOST_V4);
        assertThat(siit.statistics().fromIpv6().packets()).isEqualTo(7);
    }

    @Test
    @Tag("C-067")
    void keepsAWrongChecksumWrong() {
        var octets = udp6(HOST, 40_000, REMOTE_V6, 53, payload(100));
        octets[60] ^= 1;
        assertThat(siit.forward(octets).transportSum()).isNotEqualTo(0xffff);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.1.1", "198.51.100.2", "100.64.0.1"})
    @Tag("C-100")
    void keepsNonGlobalIpv4OutOfTheWellKnownPrefix(String ipv4) {
        try (var wellKnown = new TestTranslator(wellKnown("192.52.193.9", HOST, false))) {
            var error = wellKnown.translate(udp6(HOST, 1, "64:ff9b::" + ipv4, 2, payload(1)));
            assertThat(error.icmpType()).isEqualTo(1);
            assertThat(error.icmpCode()).isEqualTo(1);
            wellKnown.send(udp4(ipv4, 1, "192.52.193.9", 2, payload(1)));
            assertThat(wellKnown.dropped(DropReason.NON_GLOBAL_IPV4)).isEqualTo(2);
            assertThat(wellKnown
                            .translate(udp4("192.52.193.2", 1, "192.52.193.9", 2, payload(1)))
                            .source())
                    .isEqualTo(Wire.address("64:ff9b::192.52.193.2"));
        }
    }

    private static SiitSettings wellKnown(String ipv4, String ipv6, boolean translateNonGlobal) {
        var base = TestSiit.SETTINGS;
        return new SiitSettings(
                List.of(Pref64.WELL_KNOWN),
                List.of(Eam.parse(ipv4, ipv6)),
                base.ipv6Hosts(),
                base.ipv4Hosts(),
                translateNonGlobal,
                base.icmpSources(),
                true,
                base.hairpinning(),
                false,
                base.ownAddress(),
                base.ownIpv4Address(),
                TranslatorSettings.ICMP_ERRORS_PER_SECOND,
                TranslationOptions.RFC_7915);
    }

    private static byte[] withoutChecksum(byte[] udp4) {
        return ByteBuffer.wrap(udp4).putShort(26, (short) 0).array();
    }

    /** The same octets as a fragment: only the header says so. */
    private static byte[] fragment4(byte[] whole, int offset, boolean more) {
        var fragment = ByteBuffer.wrap(Arrays.copyOf(whole, whole.length));
        fragment.putShort(6, (short) (offset / 8 | (more ? 0x2000 : 0))).putShort(10, (short) 0);
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += fragment.getShort(i) & 0xffff;
        }
        sum = (sum >>> 16) + (sum & 0xffff);
        return fragment.putShort(10, (short) ~((sum >>> 16) + sum)).array();
    }
}
