// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4EchoReplyPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6EchoRequestPacket;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;

/** What is built from words is what pcap4j reads. */
class PacketTextTest {

    @ParameterizedTest(name = "{0} octets")
    @CsvSource({"0, 60", "60, 60", "61, 61", "1500, 1500", "65535, 65535"})
    void buildsTcpOverIpv6(int asked, int length) {
        var octets = PacketText.parse("tcp [2001:db8::1]:4000 -> [2001:db8::192.0.2.1]:443 syn ack ttl=9"
                + (asked == 0 ? "" : " length=" + asked));

        assertThat(octets).hasSize(length);
        var packet = Captures.ipv6(octets);
        assertThat(packet.getHeader().getHopLimitAsInt()).isEqualTo(9);
        assertThat(packet.getHeader().getDstAddr().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:c000:201");
        var tcp = packet.get(TcpPacket.class);
        assertThat(tcp.getHeader().getSrcPort().valueAsInt()).isEqualTo(4000);
        assertThat(tcp.getHeader().getDstPort().valueAsInt()).isEqualTo(443);
        assertThat(tcp.getHeader().getSyn()).isTrue();
        assertThat(tcp.getHeader().getAck()).isTrue();
        assertThat(tcp.getHeader().getFin()).isFalse();
        assertThat(tcp.hasValidChecksum(
                        packet.getHeader().getSrcAddr(), packet.getHeader().getDstAddr(), false))
                .isTrue();
    }

    @Test
    void buildsUdpOverIpv4() {
        var packet = Captures.ipv4(PacketText.parse("udp 192.0.2.1:5000 -> 203.0.113.1:4000 df length=100"));

        assertThat(packet.getHeader().getDontFragmentFlag()).isTrue();
        assertThat(packet.getHeader().hasValidChecksum(false)).isTrue();
        var udp = packet.get(UdpPacket.class);
        assertThat(udp.getHeader().getLengthAsInt()).isEqualTo(80);
        assertThat(udp.hasValidChecksum(
                        packet.getHeader().getSrcAddr(), packet.getHeader().getDstAddr(), false))
                .isTrue();
    }

    @Test
    void buildsEchoOfEitherVersion() {
        var six = Captures.ipv6(PacketText.parse("icmp [2001:db8::1] -> 2001:db8::2 id=513"));
        var four = Captures.ipv4(PacketText.parse("icmp 192.0.2.1 -> 192.0.2.2 reply id=65535"));

        assertThat(six.get(IcmpV6EchoRequestPacket.class).getHeader().getIdentifierAsInt())
                .isEqualTo(513);
        assertThat(six.get(IcmpV6CommonPacket.class)
                        .hasValidChecksum(
                                six.getHeader().getSrcAddr(), six.getHeader().getDstAddr(), false))
                .isTrue();
        assertThat(four.get(IcmpV4EchoReplyPacket.class).getHeader().getIdentifierAsInt())
                .isEqualTo(65_535);
        assertThat(four.get(IcmpV4CommonPacket.class).hasValidChecksum(false)).isTrue();
    }

    @Test
    void opensConnectionWhereNoFlagIsNamed() {
        var tcp =
                Captures.ipv4(PacketText.parse("TCP 192.0.2.1:1->192.0.2.2:2")).get(TcpPacket.class);

        assertThat(tcp.getHeader().getSyn()).isTrue();
        assertThat(tcp.getHeader().getAck()).isFalse();
    }

    @Test
    void buildsAnyOtherProtocolByNameOrNumber() {
        assertThat(PacketText.parse("gre 192.0.2.1 -> 192.0.2.2")[9]).isEqualTo((byte) 47);
        assertThat(PacketText.parse("132 2001:db8::1 -> 2001:db8::2 length=44")[6])
                .isEqualTo((byte) 132);
    }
}
