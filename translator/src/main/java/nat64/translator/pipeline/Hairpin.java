// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.NONE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.packet.Step;
import nat64.translator.wire.Ipv4Header;

/**
 * Sends a packet that was translated to IPv4 back to the IPv6 side, as if it had just come from the IPv4 side (RFC
 * 6146, section 3.8; RFC 7757, section 4.2.2). The packet loses one hop in all. It cannot be hairpinned twice: its
 * destination is then an IPv6 host, and none of these is inside a Pref64. If it is dropped on the way back, it becomes
 * the packet that was received, and its sender is told by the same rule as any other. One per worker.
 */
public final class Hairpin {

    /** Bytes of the longest headers that are restored: all extension headers, and the transport header. */
    private static final int LONGEST_HEADERS = 2048;

    private final PacketParser parser;
    private final String reason;
    private final MemorySegment headers;
    private final Ipv4Header ipv4 = new Ipv4Header();
    private int start;
    private int end;
    private int headersLength;

    /**
     * All memory comes from the arena, which must outlive this object.
     *
     * @param reason for traces
     */
    public Hairpin(Arena arena, PacketParser parser, String reason) {
        headers = arena.allocate(LONGEST_HEADERS, 8);
        this.parser = parser;
        this.reason = reason;
    }

    /** Keeps the headers of a packet that is about to be translated to IPv4 and to be hairpinned. */
    public void keepHeaders(Packet packet) {
        start = packet.start();
        end = packet.end();
        headersLength = packet.layers().payload() - start;
        if (headersLength <= LONGEST_HEADERS) {
            MemorySegment.copy(packet.buffer(), start, headers, 0, headersLength);
        }
    }

    /** Reads the packet again, for the path of packets from the IPv4 side. */
    public DropReason turnAround(Packet packet) {
        packet.enter(Step.HAIRPINNING);
        var trace = packet.trace();
        if (trace != null) {
            trace.find(Step.HAIRPINNING, reason);
        }
        ipv4.wrap(packet.buffer(), packet.start());
        ipv4.ttl(ipv4.ttl() + 1).updateChecksum();
        return parser.parse(packet);
    }

    /** Restores a packet that is dropped on the way back, unless it is an ICMP error, which is never answered. */
    public void restore(Packet packet) {
        if (headersLength > LONGEST_HEADERS || packet.layers().isIcmpError()) {
            return;
        }
        MemorySegment.copy(headers, 0, packet.buffer(), start, headersLength);
        packet.restored(start, end);
        if (parser.parse(packet) != NONE) {
            throw new IllegalStateException("a packet that was parsed before cannot be parsed again");
        }
    }
}
