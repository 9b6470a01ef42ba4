// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static org.assertj.core.api.Assertions.assertThat;

import nat64.translator.testing.RawPacket;
import nat64.translator.testing.TestPacket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayersTest {

    private static final String UDP = "9c40 0035 0008 0000";

    private final Layers layers = new Layers();

    @ParameterizedTest(name = "protocol {0}: foreign to IPv4 {1}, to IPv6 {2}")
    @CsvSource({
        "0, true, false", "1, false, true", "2, false, false", "6, false, false", "17, false, false",
        "43, true, false", "44, true, false", "50, false, false", "58, true, false", "60, true, false"
    })
    @Tag("C-005")
    @Tag("C-055")
    void knowsProtocolsOfTheOtherVersion(int protocol, boolean foreignToIpv4, boolean foreignToIpv6) {
        layers.protocol = protocol;
        layers.version = 4;
        assertThat(layers.hasForeignProtocol()).isEqualTo(foreignToIpv4);
        layers.version = 6;
        assertThat(layers.hasForeignProtocol()).isEqualTo(foreignToIpv6);
    }

    @ParameterizedTest(name = "protocol {1} in IPv{0}: {2}")
    @CsvSource({"4, 6, 16", "6, 17, 6", "4, 1, 2", "6, 58, 2", "6, 1, -1", "4, 58, -1", "4, 50, -1"})
    void knowsWhereTheChecksumIs(int version, int protocol, int offset) {
        layers.version = version;
        layers.protocol = protocol;
        layers.transport = 100;
        assertThat(layers.checksumOffset()).isEqualTo(offset);
        assertThat(layers.checksumAt()).isEqualTo(100 + offset);
        assertThat(layers.hasPorts()).isEqualTo(protocol == 6 || protocol == 17);
        assertThat(layers.isIcmp()).isEqualTo(offset == 2);
    }

    @Test
    void movesTheTransportWithItsPayload() {
        layers.transport = 100;
        layers.payload = 108;
        layers.moveTransport(80);
        assertThat(layers.transport()).isEqualTo(80);
        assertThat(layers.payload()).isEqualTo(88);
    }

    @Test
    void becomesOneSegment() {
        var packet = TestPacket.parsed(tcp6("2001:db8::1", 1, "2001:db8::2", 80, "A", payload(3000)));
        int start = packet.start() + 1440;
        packet.layers().segment(start, start + 60, start + 60 + 1440, 7);
        assertThat(packet.layers().transport()).isEqualTo(start + 40);
        assertThat(packet.layers().payload()).isEqualTo(start + 60);
        assertThat(packet.layers().transportLength()).isEqualTo(20 + 1440);
        assertThat(packet.layers().identification()).isEqualTo(7);
    }

    @ParameterizedTest(name = "{0}: ports {2}, {3}")
    @CsvSource({
        "UDP, 17, 40000, 53",
        "TCP, 6, 40000, 53",
        "other protocol, 99, 0, 0",
        "later fragment, 17, 0, 0",
    })
    void seesThePortsThatAPacketHas(String name, int protocol, int source, int destination) {
        int fragment = name.equals("later fragment") ? 1 : 0;
        var rest = protocol == 6 ? "9c40 0035 00000000 00000000 5002 1000 0000 0000" : UDP;
        var packet = TestPacket.parsed(
                RawPacket.ipv4(protocol, rest).fragment(fragment).bytes());
        assertThat(TransportPorts.source(packet.buffer(), packet.layers())).isEqualTo(source);
        assertThat(TransportPorts.destination(packet.buffer(), packet.layers())).isEqualTo(destination);
    }

    @Test
    void seesTheIdentifierOfAnEchoAsSourcePort() {
        var packet = TestPacket.parsed(echo4("192.0.2.1", "192.0.2.2", true, 0xfedc, 1));
        assertThat(TransportPorts.source(packet.buffer(), packet.layers())).isEqualTo(0xfedc);
        assertThat(TransportPorts.destination(packet.buffer(), packet.layers())).isZero();
    }

    @Test
    void packsBothPortsOfATupleIntoOneWord() {
        var ipv4 = new Ipv4Tuple();
        ipv4.set(-1, 0xfffe, 1, 0x8001);
        assertThat(ipv4.ports()).isEqualTo(0xfffe8001);
        assertThat(ipv4.addressSum()).isEqualTo(0xffff_ffffL + 1);
        var ipv6 = new Ipv6Tuple().source(-1, -1, 1).destination(0, 2, 0xffff);
        assertThat(ipv6.ports()).isEqualTo(0x0001ffff);
        assertThat(ipv6.addressSum()).isEqualTo(4 * 0xffff_ffffL + 2);
    }
}
