// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.session.policy.ProbeFlow;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;
import nat64.translator.wire.Ports;
import nat64.translator.wire.UdpHeader;
import org.junit.jupiter.api.Test;

class ProbePacketsTest {

    private static final long TOKEN = 0x1234_5678_9abc_def0L;
    private static final int DATAGRAM = UdpHeader.LENGTH + Long.BYTES;
    private static final int POOL4 = Ipv4Address.parse("100.64.64.1");
    private static final Ipv6Address HOST = Ipv6Address.parse("fdb1:d8ae:2265::1");
    private static final int SERVER = Ipv4Address.parse("192.0.0.64");
    private static final ProbeFlow FLOW = new ProbeFlow(HOST.high(), HOST.low(), 6464, SERVER, 6464);

    private final ProbePackets packets = new ProbePackets(FLOW);
    private final Packet packet = new Packet(Arena.ofAuto());

    @Test
    void theQuestionIsASoundDatagramToTheServerInsideThePref64() {
        packets.question(packet, Pref64.WELL_KNOWN, 6500, TOKEN);

        assertThat(new PacketParser().parse(packet)).isEqualTo(DropReason.NONE);
        var layers = packet.layers();
        assertThat(new Ipv6Address(layers.sourceHigh(), layers.sourceLow())).isEqualTo(HOST);
        assertThat(new Ipv6Address(layers.destinationHigh(), layers.destinationLow()))
                .isEqualTo(Pref64.WELL_KNOWN.embed(SERVER));
        long pseudo = Checksum.sum(layers.sourceHigh(), layers.sourceLow())
                + Checksum.sum(layers.destinationHigh(), layers.destinationLow());
        assertThat(isSound(Packet.HEADROOM + Ipv6Header.LENGTH, pseudo)).isTrue();
    }

    @Test
    void theAnswerGoesBackWhereTheQuestionCameFrom() {
        arrive(SERVER, 6500);

        assertThat(packets.answer(packet)).isEqualTo(TOKEN);
        assertThat(new PacketParser().parse(packet)).isEqualTo(DropReason.NONE);
        assertThat(packet.layers().sourceIpv4()).isEqualTo(SERVER);
        assertThat(packet.layers().destinationIpv4()).isEqualTo(POOL4);
        int udp = Packet.HEADROOM + Ipv4Header.LENGTH;
        assertThat(Ports.source(packet.buffer(), udp)).isEqualTo(6500);
        assertThat(Ports.destination(packet.buffer(), udp)).isEqualTo(40_000);
        assertThat(isSound(udp, Checksum.sum(SERVER) + Checksum.sum(POOL4))).isTrue();
        assertThat(packets.answerToken(packet)).isEqualTo(ProbePackets.NONE);
    }

    @Test
    void whatGoesToAnotherHostOrPortIsNoQuestion() {
        arrive(SERVER + 1, 6464);
        assertThat(packets.answer(packet)).isEqualTo(ProbePackets.NONE);
        arrive(SERVER, 7);
        assertThat(packets.answer(packet)).isEqualTo(ProbePackets.NONE);
        packet.received(Ipv4Header.LENGTH);
        assertThat(packets.answer(packet)).isEqualTo(ProbePackets.NONE);
    }

    @Test
    void theAnswerIsRecognizedByTheHostThatAsked() {
        packets.question(packet, Pref64.WELL_KNOWN, 6500, TOKEN);
        assertThat(packets.answerToken(packet)).as("a question").isEqualTo(ProbePackets.NONE);
        int udp = Packet.HEADROOM + Ipv6Header.LENGTH;
        Ports.both(packet.buffer(), udp, Ports.both(6500, 6464));

        var server = Pref64.WELL_KNOWN.embed(SERVER);
        new Ipv6Header()
                .wrap(packet.buffer(), Packet.HEADROOM)
                .source(server.high(), server.low())
                .destination(HOST.high(), HOST.low());
        assertThat(packets.answerToken(packet)).isEqualTo(TOKEN);
        packet.received(Ipv6Header.LENGTH);
        assertThat(packets.answerToken(packet)).as("cut").isEqualTo(ProbePackets.NONE);
    }

    /** A question as the translator hands it to the IPv4 side. */
    private void arrive(int destination, int port) {
        var buffer = packet.buffer();
        int udp = Packet.HEADROOM + Ipv4Header.LENGTH;
        new Ipv4Header()
                .wrap(buffer, Packet.HEADROOM)
                .write(0, Ipv4Header.LENGTH + DATAGRAM, 62, IpProtocol.UDP)
                .finish(POOL4, destination);
        Ports.both(buffer, udp, Ports.both(40_000, port));
        UdpHeader.datagramLength(buffer, udp, DATAGRAM);
        Octets.u64(buffer, udp + UdpHeader.LENGTH, TOKEN);
        packet.received(Ipv4Header.LENGTH + DATAGRAM);
    }

    private boolean isSound(int udp, long addresses) {
        long sum = addresses + DATAGRAM + IpProtocol.UDP + Checksum.sum(packet.buffer(), udp, DATAGRAM);
        return Checksum.fold(sum) == 0xffff;
    }
}
