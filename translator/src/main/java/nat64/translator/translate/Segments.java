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
 * Cuts a super-packet of either IP version into ordinary packets with complete checksums, one after another. The
 * payload of a segment stays in place: its headers overwrite the end of the segment before, which has been sent. One
 * per worker.
 */
public final class Segments {

    /** Bytes of an IPv6 header with Fragment header and the longest TCP header, and more. */
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

    /** Starts with a translated super-packet; {@link #next} makes it its first segment. */
    void begin(Packet packet) {
        read(packet);
        MemorySegment.copy(packet.buffer(), packet.start(), template, 0, headerLength);
        packet.segmented();
    }

    /** Makes the packet its next segment; false if there is none left. */
    boolean next(Packet packet) {
        if (at >= end) {
            return false;
        }
        int start = at - headerLength;
        MemorySegment.copy(template, 0, packet.buffer(), start, headerLength);
        write(packet);
        at += step;
        identification++;
        return true;
    }

    /**
     * Makes a super-packet its own first segment; the others are lost. Other packets get a complete checksum. A packet
     * whose headers were not read completely stays unchanged.
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
        step = packet.segmentBytes();
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
            UdpHeader.datagramLength(buffer, layers.transport(), layers.transportLength());
        }
        long addresses = layers.version() == 4 ? writeIpv4(packet) : writeIpv6(packet);
        writeChecksum(buffer, layers, addresses);
    }

    private void writeTcp(MemorySegment buffer, int tcp, boolean first, boolean last) {
        TcpHeader.sequence(buffer, tcp, TcpHeader.sequence(buffer, tcp) + at - firstPayload);
        int flags = TcpHeader.flags(buffer, tcp);
        if (!last) {
            flags &= ~(TcpHeader.FIN | TcpHeader.PSH);
        }
        if (!first && congestionMarks) {
            flags &= ~TcpHeader.CWR;
        }
        TcpHeader.flags(buffer, tcp, flags);
    }

    private long writeIpv4(Packet packet) {
        ipv4.wrap(packet.buffer(), packet.start())
                .totalLength(packet.length())
                .identification(identification & 0xffff)
                .updateChecksum();
        return Checksum.sum(ipv4.source()) + Checksum.sum(ipv4.destination());
    }

    private long writeIpv6(Packet packet) {
        ipv6.wrap(packet.buffer(), packet.start()).payloadLength(packet.length() - Ipv6Header.LENGTH);
        return Checksum.sum(ipv6.sourceHigh(), ipv6.sourceLow())
                + Checksum.sum(ipv6.destinationHigh(), ipv6.destinationLow());
    }

    private static void writeChecksum(MemorySegment buffer, Layers layers, long addresses) {
        Octets.u16(buffer, layers.checksumAt(), 0);
        long sum = addresses
                + layers.transportLength()
                + layers.protocol()
                + Checksum.sum(buffer, layers.transport(), layers.transportLength());
        Octets.u16(buffer, layers.checksumAt(), Checksum.of(sum, layers.protocol()));
    }
}
