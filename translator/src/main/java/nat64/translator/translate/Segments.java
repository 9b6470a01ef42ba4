// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Packet.Segmentation;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;
import nat64.translator.wire.TcpHeader;
import nat64.translator.wire.UdpHeader;

/**
 * Makes ordinary packets with whole checksums of a super-packet, one after another, of either IP version. Each stands
 * where its payload lies: its headers are written over the end of the one before, which is gone by then. One per worker.
 */
public final class Segments {

    /** IPv4 or IPv6 header with Fragment header, and the longest TCP header. */
    private static final int LONGEST_HEADERS = 128;

    private final MemorySegment template;
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private Segmentation kind = Segmentation.NONE;
    private boolean congestionMarks;
    private int headerLength;
    private int firstPayload;
    private int at;
    private int end;
    private int step;
    private int identification;

    public Segments(Arena arena) {
        template = arena.allocate(LONGEST_HEADERS, 64);
    }

    /** Begins with a translated super-packet; {@link #next} moves it to its first segment. */
    void begin(Packet packet) {
        read(packet);
        MemorySegment.copy(packet.buffer(), packet.start(), template, 0, headerLength);
        packet.segmented();
    }

    /** Makes the packet its next segment, or answers that there is none left. */
    boolean next(Packet packet) {
        if (at >= end) {
            return false;
        }
        MemorySegment.copy(template, 0, packet.buffer(), (long) at - headerLength, headerLength);
        write(packet);
        at += step;
        identification++;
        return true;
    }

    /**
     * Makes a super-packet its own first segment; the others are lost. Other packets get a whole checksum. A packet whose
     * headers were not read to their end stays as it is.
     */
    public void keepFirst(Packet packet) {
        if (packet.layers().payload() <= packet.layers().transport()) {
            return;
        }
        if (packet.isSuperPacket() && packet.layers().payload() < packet.end()) {
            read(packet);
            packet.segmented();
            write(packet);
        } else {
            packet.completeChecksum();
        }
    }

    private void read(Packet packet) {
        var layers = packet.layers();
        kind = packet.segmentation();
        congestionMarks = packet.hasCongestionMarks();
        headerLength = layers.payload() - packet.start();
        firstPayload = layers.payload();
        at = firstPayload;
        end = packet.end();
        step = packet.segmentOctets();
        identification = layers.version() == 4
                ? ipv4.wrap(packet.buffer(), packet.start()).identification()
                : layers.identification();
    }

    private void write(Packet packet) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        int start = at - headerLength;
        int segmentEnd = Math.min(at + step, end);
        packet.startAt(start);
        packet.endAt(segmentEnd);
        layers.segment(start, at, segmentEnd, identification & 0xffff);
        if (kind == Segmentation.TCP) {
            writeTcp(buffer, layers.transport(), at == firstPayload, segmentEnd == end);
        } else {
            Octets.u16(buffer, layers.transport() + (long) UdpHeader.DATAGRAM_LENGTH, layers.transportLength());
        }
        long addresses = layers.version() == 4 ? writeIpv4(packet) : writeIpv6(packet);
        writeChecksum(buffer, layers, addresses);
    }

    private void writeTcp(MemorySegment buffer, long tcp, boolean first, boolean last) {
        int sequence = Octets.u32(buffer, tcp + TcpHeader.SEQUENCE) + at - firstPayload;
        Octets.u32(buffer, tcp + TcpHeader.SEQUENCE, sequence);
        int flags = Octets.u8(buffer, tcp + TcpHeader.FLAGS);
        if (!last) {
            flags &= ~(TcpHeader.FIN | TcpHeader.PSH);
        }
        if (!first && congestionMarks) {
            flags &= ~TcpHeader.CWR;
        }
        Octets.u8(buffer, tcp + TcpHeader.FLAGS, flags);
    }

    private long writeIpv4(Packet packet) {
        ipv4.wrap(packet.buffer(), packet.start())
                .totalLength(packet.length())
                .identification(identification & 0xffff)
                .seal();
        return Checksum.sum(ipv4.source()) + Checksum.sum(ipv4.destination());
    }

    private long writeIpv6(Packet packet) {
        ipv6.wrap(packet.buffer(), packet.start()).payloadLength(packet.length() - Ipv6Header.LENGTH);
        return Checksum.sum(ipv6.sourceHigh(), ipv6.sourceLow())
                + Checksum.sum(ipv6.destinationHigh(), ipv6.destinationLow());
    }

    private static void writeChecksum(MemorySegment buffer, Layers layers, long addresses) {
        long field = layers.transport() + (long) layers.checksumOffset();
        Octets.u16(buffer, field, 0);
        long sum = addresses
                + layers.transportLength()
                + layers.protocol()
                + Checksum.sum(buffer, layers.transport(), layers.transportLength());
        int checksum = Checksum.of(sum);
        boolean none = checksum == 0 && layers.checksumOffset() == UdpHeader.CHECKSUM; // RFC 768: 0 means none
        Octets.u16(buffer, field, none ? 0xffff : checksum);
    }
}
