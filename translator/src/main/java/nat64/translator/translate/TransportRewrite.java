// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Octets;
import nat64.translator.wire.Ports;
import nat64.translator.wire.UdpHeader;

/**
 * Writes the new ports or identifier of a transport header, and updates its checksum for them and for the pseudo-header
 * of the other IP version: only by what changes, so that a wrong checksum stays wrong (RFC 7915, sections 4.5 and 5.5).
 */
final class TransportRewrite {

    private TransportRewrite() {}

    /**
     * Rewrites a TCP or UDP header of the packet or of the packet that it quotes. A UDP checksum of 0 stays 0.
     *
     * @param ports the new ports, as {@link Ports#both(int, int)} has them
     * @param addresses the {@link Checksum#change change} from the old to the new addresses
     */
    static void ports(Packet packet, Layers layers, int ports, long addresses) {
        var buffer = packet.buffer();
        int oldPorts = Ports.both(buffer, layers.transport());
        Ports.both(buffer, layers.transport(), ports);
        int field = layers.checksumAt();
        if (field + 2 > packet.end()) {
            return; // a quoted TCP header that ends before its checksum
        }
        int checksum = Octets.u16(buffer, field);
        int protocol = layers.protocol();
        if (packet.hasPartialChecksum() && layers == packet.layers()) {
            Octets.u16(buffer, field, Checksum.updateSum(checksum, addresses));
        } else if (checksum != UdpHeader.NO_CHECKSUM || protocol != IpProtocol.UDP) {
            long change = addresses + Checksum.change(Checksum.sum(oldPorts), Checksum.sum(ports));
            Octets.u16(buffer, field, Checksum.update(checksum, change, protocol));
        }
    }

    /**
     * Rewrites the header of an ICMP echo.
     *
     * @param message the new type and code
     * @param pseudoHeader the {@link Checksum#change change} of the pseudo-header; in ICMPv4 its sum is 0
     */
    static void echo(MemorySegment buffer, int at, int message, int identifier, long pseudoHeader) {
        int removed = IcmpHeader.message(buffer, at) + IcmpHeader.identifier(buffer, at);
        int added = message + identifier;
        IcmpHeader.message(buffer, at, message);
        IcmpHeader.identifier(buffer, at, identifier);
        int checksum = Checksum.update(IcmpHeader.checksum(buffer, at), pseudoHeader + Checksum.change(removed, added));
        // An echo reply of zeros has the checksum 0xffff, which an update can't tell from 0; elsewhere both are
        // correct.
        IcmpHeader.checksum(buffer, at, Checksum.nonZero(checksum));
    }

    /**
     * Computes the checksum of a whole UDP datagram that has none, after its ports were written. The datagram ends
     * where its own length says, which may be before the end of the packet.
     *
     * @param addresses sum of the new addresses
     */
    static void computeUdpChecksum(MemorySegment buffer, Layers layers, long addresses) {
        int at = layers.transport();
        int length = UdpHeader.datagramLength(buffer, at);
        long sum = addresses + length + IpProtocol.UDP + Checksum.sum(buffer, at, length);
        UdpHeader.checksum(buffer, at, Checksum.of(sum, IpProtocol.UDP));
    }
}
