// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Layers;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Octets;
import nat64.translator.wire.Ports;
import nat64.translator.wire.UdpHeader;

/**
 * Gives a transport header its new ports or identifier, and mends its checksum for these and for the other IP version's
 * pseudo-header: by what has changed, so that a wrong checksum stays wrong (RFC 7915, sections 4.5 and 5.5).
 */
final class TransportRewrite {

    private TransportRewrite() {}

    /**
     * Of TCP or UDP. A UDP checksum of 0 stays 0.
     *
     * @param available octets of the transport header and what follows that are really there
     * @param partial the field holds only the sum of the pseudo-header
     * @param removed sum of the old addresses
     * @param added sum of the new addresses
     */
    static void ports(
            MemorySegment buffer,
            Layers layers,
            int available,
            boolean partial,
            long removed,
            long added,
            int source,
            int destination) {
        int at = layers.transport();
        int oldSource = Octets.u16(buffer, at + (long) Ports.SOURCE);
        int oldDestination = Octets.u16(buffer, at + (long) Ports.DESTINATION);
        Octets.u16(buffer, at + (long) Ports.SOURCE, source);
        Octets.u16(buffer, at + (long) Ports.DESTINATION, destination);
        int field = layers.checksumOffset();
        if (field + 2 > available) {
            return; // a quoted TCP header, cut before its checksum
        }
        int checksum = Octets.u16(buffer, at + (long) field);
        boolean udp = layers.protocol() == IpProtocol.UDP;
        if (partial) {
            Octets.u16(buffer, at + (long) field, Checksum.updateSum(checksum, removed, added));
        } else if (checksum != 0 || !udp) {
            int updated = Checksum.update(
                    checksum, removed + oldSource + oldDestination, added + source + (long) destination);
            Octets.u16(buffer, at + (long) field, updated == 0 && udp ? 0xffff : updated);
        }
    }

    /**
     * Of an ICMP echo: new type and identifier.
     *
     * @param removed sum of the old pseudo-header, 0 of ICMPv4
     * @param added sum of the new pseudo-header, 0 of ICMPv4
     */
    static void echo(MemorySegment buffer, int at, int message, int identifier, long removed, long added) {
        int oldMessage = Octets.u16(buffer, at);
        int oldIdentifier = Octets.u16(buffer, at + (long) IcmpHeader.IDENTIFIER);
        int checksum = Octets.u16(buffer, at + (long) IcmpHeader.CHECKSUM);
        Octets.u16(buffer, at, message);
        Octets.u16(buffer, at + (long) IcmpHeader.IDENTIFIER, identifier);
        int updated =
                Checksum.update(checksum, removed + oldMessage + oldIdentifier, added + message + (long) identifier);
        // An echo reply of nothing but zeros has the checksum 0xffff, which an update can't tell from 0; elsewhere both
        // are
        // right.
        Octets.u16(buffer, at + (long) IcmpHeader.CHECKSUM, updated == 0 ? 0xffff : updated);
    }

    /**
     * Computes the checksum of a whole UDP datagram that has none, ports as they will be. The datagram may be shorter than
     * the packet that carries it; its own length counts.
     *
     * @param addresses sum of the new addresses
     */
    static void computeUdpChecksum(MemorySegment buffer, Layers layers, long addresses) {
        int at = layers.transport();
        int length = Octets.u16(buffer, at + (long) UdpHeader.DATAGRAM_LENGTH);
        int checksum = Checksum.of(addresses + length + IpProtocol.UDP + Checksum.sum(buffer, at, length));
        Octets.u16(buffer, at + (long) UdpHeader.CHECKSUM, checksum == 0 ? 0xffff : checksum);
    }
}
