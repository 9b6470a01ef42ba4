// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.ip4;
import static nat64.translator.testing.Packets.ipv4;
import static nat64.translator.testing.Packets.ipv6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.Packets.unknown;
import static nat64.translator.testing.Packets.withHeaderChecksum;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import nat64.translator.packet.DropReason;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.namednumber.IpNumber;

/** The fields of the IP headers, one by one, of a datagram; with state, of a session that exists. */
@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class HeaderFieldTest {

    private final TestTranslator translator;

    HeaderFieldTest(TestMode mode) {
        translator = mode.start();
    }

    private Wire out = new Wire(new byte[0]);

    @BeforeEach
    void open() {
        out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(100)));
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    @Tag("C-001")
    @Tag("C-004")
    void writesVersionFlowLabelAndPayloadLengthOfIpv6() {
        var in = back(100);
        assertThat(in.octets()[0] >>> 4).isEqualTo(6);
        assertThat(in.ipv6().getFlowLabel().value()).isZero();
        assertThat(in.u16(4)).isEqualTo(8 + 100);
    }

    @Test
    @Tag("C-002")
    void copiesTheWholeTosOctet() {
        for (int tos = 0; tos < 256; tos++) {
            var packet = udp4(SERVER, 53, out.source(), out.sourcePort(), payload(1));
            packet[1] = (byte) tos;
            var in = translator.translate(withHeaderChecksum(packet));
            assertThat(in.u16(0)).isEqualTo(0x6000 | (tos << 4));
        }
    }

    @Test
    @Tag("C-005")
    void writesIcmpv6AsNextHeaderOfIcmp() {
        var in = back(1);
        assertThat(in.protocol()).isEqualTo(17);
        var error = translator.translate(error4(SERVER, out.source(), 3, 3, 0, out.octets()));
        assertThat(error.octets()[6]).isEqualTo((byte) 58);
    }

    @Test
    @Tag("C-049")
    @Tag("C-051")
    @Tag("C-065")
    void writesVersionLengthAndChecksumOfIpv4() {
        assertThat(out.octets()[0]).isEqualTo((byte) 0x45);
        assertThat(out.u16(2)).isEqualTo(20 + 8 + 100);
        out.assertSound();
    }

    @Test
    @Tag("C-058")
    void dropsIpv6SourcesThatNoHostMayHave() {
        for (var source : new String[] {"::", "::1", "ff02::1", "fe80::1"}) {
            assertThat(translator.send(udp6(source, 1, SERVER_IN_PREF64, 53, payload(1))))
                    .isEmpty();
        }
        assertThat(translator.dropped(DropReason.ILLEGAL_SOURCE)).isEqualTo(4);
    }

    @Test
    @Tag("C-064")
    void dropsJumbograms() {
        var jumbo = ByteBuffer.allocate(8 + 100).put((byte) 17).put((byte) 0);
        jumbo.put((byte) 0xc2).put((byte) 4).putInt(70_000);
        var packet = ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.IPV6_HOPOPT, 64, unknown(jumbo.array()));
        packet[4] = 0;
        packet[5] = 0;
        assertThat(translator.send(packet)).isEmpty();
        assertThat(translator.drops()).containsExactly(DropReason.TRUNCATED);
    }

    @Test
    @Tag("C-020")
    void sendsThePacketsOfAFlowInOrder() {
        for (int i = 0; i < 1000; i++) {
            assertThat(translator
                            .translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(i)))
                            .octets())
                    .hasSize(28 + i);
        }
    }

    @Test
    @Tag("C-027")
    void dropsIgmpFromHosts() {
        var igmp = ipv4(SERVER, "224.0.0.22", IpNumber.IGMP, 1, false, unknown(payload(8)));
        assertThat(translator.send(igmp)).isEmpty();
        assertThat(translator.drops()).containsExactly(DropReason.UNTRANSLATABLE_ICMP);
    }

    @Test
    @Tag("C-038")
    @Tag("C-089")
    void writesTheOuterLengthOfAnErrorAfterTheQuoteHasChanged() {
        var from4 = translator.translate(error4(SERVER, out.source(), 3, 3, 0, out.octets()));
        assertThat(from4.u16(4)).isEqualTo(8 + 40 + 8 + 100);
        var in = back(100);
        var from6 = translator.translate(error6(CLIENT, SERVER_IN_PREF64, 1, 4, 0, in.octets()));
        assertThat(from6.u16(2)).isEqualTo(20 + 8 + 20 + 8 + 100);
    }

    @ParameterizedTest(name = "traffic class {0}")
    @ValueSource(ints = {0, 0xb8, 0xff})
    @Tag("C-093")
    void copiesTheClassOfServiceButNotEcnIntoItsOwnErrors(int trafficClass) {
        var from6 = ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.UDP, 1, udp(ip4(SERVER), 1, ip4(SERVER), 2, payload(9)));
        from6[0] = (byte) (0x60 | (trafficClass >>> 4));
        from6[1] = (byte) (trafficClass << 4);
        assertThat(translator.translate(from6).u16(0) >>> 4).isEqualTo(0x600 | (trafficClass & 0xfc));

        var from4 = ipv4(SERVER, out.source(), IpNumber.UDP, 1, true, udp(ip4(SERVER), 1, ip4(SERVER), 2, payload(9)));
        from4[1] = (byte) trafficClass;
        assertThat(translator.translate(withHeaderChecksum(from4)).octets()[1]).isEqualTo((byte) (trafficClass & 0xfc));
    }

    @Test
    @Tag("C-091")
    void staysSilentAboutAnErrorBehindARoutingHeader() {
        var error = error6(CLIENT, SERVER_IN_PREF64, 1, 4, 0, back(1).octets());
        var routed = ByteBuffer.allocate(error.length - 40 + 8);
        routed.put((byte) 58).put((byte) 0).put((byte) 0).put((byte) 1).putInt(0);
        routed.put(error, 40, error.length - 40);
        var packet = ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.IPV6_ROUTE, 64, unknown(routed.array()));
        assertThat(translator.send(packet)).isEmpty();
        assertThat(translator.drops()).containsExactly(DropReason.ROUTING_HEADER);
    }

    @Test
    @Tag("C-068")
    @Tag("C-070")
    void computesAChecksumOverWhatTheUdpLengthSays() {
        var packet = udp4(SERVER, 53, out.source(), out.sourcePort(), payload(21));
        packet[25] = 8 + 20;
        packet[26] = 0;
        packet[27] = 0;
        var in = translator.send(packet).getFirst();
        var datagram = Arrays.copyOf(in.octets(), in.octets().length - 1);
        datagram[5]--; // as if the octet beyond the datagram were not there
        new Wire(datagram).assertSound();
    }

    @Test
    @Tag("C-073")
    void keepsAUdpDatagramFromIpv6WithoutChecksum() {
        var packet = udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(21));
        packet[46] = 0;
        packet[47] = 0;
        assertThat(translator.send(packet).getFirst().u16(26)).isZero();
    }

    @Test
    @Tag("C-008")
    @Tag("C-190")
    @Tag("C-191")
    void translatesErrorsFromRoutersWithAnyAddress() {
        for (var router : new String[] {"127.0.0.1", "0.0.0.1", "10.9.8.7"}) {
            var error = translator.translate(error4(router, out.source(), 11, 0, 0, out.octets()));
            assertThat(error.icmpType()).isEqualTo(3);
            var embedded = Arrays.copyOfRange(error.octets(), 20, 24);
            assertThat(embedded).as(router).isEqualTo(ip4(router).getAddress());
            assertThat(error.destination()).isEqualTo(Wire.address(CLIENT));
            assertThat(error.quoted().destination()).isEqualTo(Wire.address(SERVER_IN_PREF64));
        }
    }

    private Wire back(int length) {
        return translator.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(length)));
    }
}
