// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import nat64.translator.address.Pref64;
import nat64.translator.packet.Packet;
import nat64.translator.session.policy.ProbeFlow;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;
import nat64.translator.wire.Ports;
import nat64.translator.wire.UdpHeader;

/**
 * Writes and reads the datagrams of a probe: its question from the IPv6 host, and its answer from the IPv4 host. Both
 * carry a token. For one thread.
 */
final class ProbePackets {

    /** What {@link #answerToken} and {@link #answer} say of any other packet. */
    static final long NONE = 0;

    private static final int TOKEN = 8;
    private static final int DATAGRAM = UdpHeader.LENGTH + TOKEN;
    private static final int HOPS = 64;
    private static final int DONT_FRAGMENT = Ipv4Header.DONT_FRAGMENT;

    private final ProbeFlow flow;
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final Ipv4Header ipv4 = new Ipv4Header();

    ProbePackets(ProbeFlow flow) {
        this.flow = flow;
    }

    /** Writes a question to a port of the IPv4 host inside a Pref64. */
    Packet question(Packet packet, Pref64 pref64, int port, long token) {
        var buffer = packet.buffer();
        long high = pref64.embedHigh(flow.ipv4());
        long low = pref64.embedLow(flow.ipv4());
        ipv6.wrap(buffer, Packet.HEADROOM)
                .write(0, DATAGRAM, IpProtocol.UDP, HOPS)
                .source(flow.ipv6High(), flow.ipv6Low())
                .destination(high, low);
        long addresses = Checksum.sum(flow.ipv6High(), flow.ipv6Low()) + Checksum.sum(high, low);
        Octets.u64(buffer, Packet.HEADROOM + Ipv6Header.LENGTH + UdpHeader.LENGTH, token);
        datagram(packet, Packet.HEADROOM + Ipv6Header.LENGTH, Ports.both(flow.ipv6Port(), port), addresses);
        return packet.received(Ipv6Header.LENGTH + DATAGRAM);
    }

    /**
     * Makes the answer of a question that has reached the IPv4 host, in its place.
     *
     * @return its token, or {@link #NONE} if it is another packet, which stays as it is
     */
    long answer(Packet packet) {
        var buffer = packet.buffer();
        int udp = Packet.HEADROOM + Ipv4Header.LENGTH;
        ipv4.wrap(buffer, Packet.HEADROOM);
        boolean isQuestion = packet.length() >= Ipv4Header.LENGTH + DATAGRAM
                && ipv4.hasNoOptions()
                && ipv4.protocol() == IpProtocol.UDP
                && ipv4.destination() == flow.ipv4()
                && flow.isPort(Ports.destination(buffer, udp));
        if (!isQuestion) {
            return NONE;
        }
        int asker = ipv4.source();
        int ports = Ports.both(Ports.destination(buffer, udp), Ports.source(buffer, udp));
        ipv4.write(0, Ipv4Header.LENGTH + DATAGRAM, HOPS, IpProtocol.UDP)
                .fragment(0, DONT_FRAGMENT)
                .finish(flow.ipv4(), asker);
        datagram(packet, udp, ports, Checksum.sum(flow.ipv4()) + Checksum.sum(asker));
        packet.received(Ipv4Header.LENGTH + DATAGRAM);
        return Octets.u64(buffer, udp + UdpHeader.LENGTH);
    }

    /** The token of an answer that has reached the IPv6 host, or {@link #NONE} if it is another packet. */
    long answerToken(Packet packet) {
        var buffer = packet.buffer();
        int udp = Packet.HEADROOM + Ipv6Header.LENGTH;
        ipv6.wrap(buffer, Packet.HEADROOM);
        boolean isAnswer = packet.length() >= Ipv6Header.LENGTH + DATAGRAM
                && ipv6.version() == 6
                && ipv6.nextHeader() == IpProtocol.UDP
                && ipv6.destinationHigh() == flow.ipv6High()
                && ipv6.destinationLow() == flow.ipv6Low()
                && flow.isPort(Ports.source(buffer, udp))
                && Ports.destination(buffer, udp) == flow.ipv6Port();
        return isAnswer ? Octets.u64(buffer, udp + UdpHeader.LENGTH) : NONE;
    }

    /** Writes the UDP header in front of a token. */
    private static void datagram(Packet packet, int at, int ports, long addresses) {
        var buffer = packet.buffer();
        Ports.both(buffer, at, ports);
        UdpHeader.datagramLength(buffer, at, DATAGRAM);
        UdpHeader.checksum(buffer, at, UdpHeader.NO_CHECKSUM);
        long sum = addresses + DATAGRAM + IpProtocol.UDP + Checksum.sum(buffer, at, DATAGRAM);
        UdpHeader.checksum(buffer, at, Checksum.of(sum, IpProtocol.UDP));
    }
}
