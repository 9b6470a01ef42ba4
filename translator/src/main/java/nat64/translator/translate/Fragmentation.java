// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Packet.Segmentation;
import nat64.translator.packet.PacketPort;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.FragmentHeader;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;
import nat64.translator.wire.TcpHeader;
import nat64.translator.wire.UdpHeader;

/**
 * Cuts translated IPv6 packets whose IPv4 sender allowed fragments (RFC 7915, section 4.1). A super-packet becomes its
 * segments first. Every piece is sent from where its payload lies: its headers are written over the end of the piece
 * before, which is gone by then. One per worker.
 */
public final class Fragmentation {

    private static final int LONGEST_HEADERS = 256;

    private final int largest;
    private final MemorySegment headers;
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final FragmentHeader fragment = new FragmentHeader();

    /** Makes pieces of at most {@code largest} octets, IP header included. */
    public Fragmentation(Arena arena, int largest) {
        this.largest = largest;
        headers = arena.allocate(LONGEST_HEADERS, 64);
    }

    /** Whether the packet has to be cut. */
    public boolean isNeeded(Packet packet) {
        return packet.lengthOnWire() > largest;
    }

    /** Sends the packet in pieces; false if one of them was refused. */
    public boolean send(Packet packet, PacketPort port) {
        if (packet.isSuperPacket()) {
            return sendSegments(packet, port);
        }
        packet.completeChecksum();
        return sendPieces(packet, port);
    }

    private boolean sendPieces(Packet packet, PacketPort port) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        int end = packet.end();
        int step = (largest - Ipv6Header.LENGTH - FragmentHeader.LENGTH) & ~7;
        MemorySegment.copy(buffer, packet.start(), headers, 0, Ipv6Header.LENGTH);
        boolean sent = true;
        for (int at = layers.transport(); at < end; at += step) {
            int pieceEnd = Math.min(at + step, end);
            boolean more = pieceEnd < end || layers.moreFragments();
            int start = at - FragmentHeader.LENGTH - Ipv6Header.LENGTH;
            MemorySegment.copy(headers, 0, buffer, start, Ipv6Header.LENGTH);
            ipv6.wrap(buffer, start)
                    .payloadLength(pieceEnd - at + FragmentHeader.LENGTH)
                    .nextHeader(IpProtocol.FRAGMENT);
            int offset = layers.fragmentOffset() + at - layers.transport();
            fragment.wrap(buffer, at - FragmentHeader.LENGTH)
                    .write(layers.protocol(), offset, more, layers.identification());
            packet.startAt(start);
            packet.endAt(pieceEnd);
            sent &= port.send(packet);
        }
        return sent;
    }

    /** Segments become packets of their own, with whole checksums; those still too long become pieces. */
    private boolean sendSegments(Packet packet, PacketPort port) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        int start = packet.start();
        int headerLength = layers.payload() - start;
        int end = packet.end();
        int firstPayload = layers.payload();
        int step = packet.segmentOctets();
        var kind = packet.segmentation();
        boolean congestionMarks = packet.hasCongestionMarks();
        var template = headers.asSlice(Ipv6Header.LENGTH, headerLength);
        MemorySegment.copy(buffer, start, template, 0, headerLength);
        packet.segmented();
        boolean sent = true;
        int identification = layers.identification();
        for (int at = firstPayload; at < end; at += step) {
            int segmentEnd = Math.min(at + step, end);
            int segmentStart = at - headerLength;
            MemorySegment.copy(template, 0, buffer, segmentStart, headerLength);
            packet.startAt(segmentStart);
            packet.endAt(segmentEnd);
            layers.segment(segmentStart, at, segmentEnd, identification++ & 0xffff);
            if (kind == Segmentation.TCP) {
                writeTcp(buffer, layers, at - firstPayload, at == firstPayload, segmentEnd == end, congestionMarks);
            } else {
                Octets.u16(buffer, layers.transport() + (long) UdpHeader.DATAGRAM_LENGTH, layers.transportLength());
            }
            ipv6.wrap(buffer, segmentStart).payloadLength(segmentEnd - segmentStart - Ipv6Header.LENGTH);
            writeChecksum(buffer, layers);
            sent &= isNeeded(packet) ? sendPieces(packet, port) : port.send(packet);
        }
        return sent;
    }

    private static void writeTcp(
            MemorySegment buffer, Layers layers, int offset, boolean first, boolean last, boolean congestionMarks) {
        long at = layers.transport();
        Octets.u32(buffer, at + TcpHeader.SEQUENCE, Octets.u32(buffer, at + TcpHeader.SEQUENCE) + offset);
        int flags = Octets.u8(buffer, at + TcpHeader.FLAGS);
        if (!last) {
            flags &= ~(TcpHeader.FIN | TcpHeader.PSH);
        }
        if (!first && congestionMarks) {
            flags &= ~TcpHeader.CWR;
        }
        Octets.u8(buffer, at + TcpHeader.FLAGS, flags);
    }

    private void writeChecksum(MemorySegment buffer, Layers layers) {
        long at = layers.transport() + (long) layers.checksumOffset();
        Octets.u16(buffer, at, 0);
        long sum = Checksum.sum(ipv6.sourceHigh(), ipv6.sourceLow())
                + Checksum.sum(ipv6.destinationHigh(), ipv6.destinationLow())
                + layers.transportLength()
                + layers.protocol()
                + Checksum.sum(buffer, layers.transport(), layers.transportLength());
        int checksum = Checksum.of(sum);
        Octets.u16(buffer, at, checksum == 0 && layers.protocol() == IpProtocol.UDP ? 0xffff : checksum);
    }
}
