// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Layers;
import nat64.translator.wire.TcpHeader;

/**
 * What a session needs to know of a TCP segment: its flags and the sequence numbers that it uses (RFC 9293, section
 * 3.4). Numbers are modulo 2^32. One per worker, filled anew for each packet.
 */
public final class TcpSegment {

    private int flags;
    private boolean complete;
    private boolean hasSequence;
    private int sequence;
    private int dataLength;
    private int acknowledgment;

    /** No segment: the packet is of another protocol, or a later fragment. */
    public void clear() {
        flags = 0;
        complete = false;
        hasSequence = false;
    }

    /**
     * Reads a header. Without all of it, as in a quoted packet, the segment has no flags, and of the numbers its
     * sequence number at most.
     *
     * @param packetEnd where the payload ends in the buffer
     */
    public void read(MemorySegment buffer, Layers layers, int packetEnd) {
        int at = layers.transport();
        complete = layers.payload() >= at + TcpHeader.LENGTH;
        hasSequence = complete || at + TcpHeader.QUOTED_LENGTH <= packetEnd;
        if (!complete) {
            flags = 0;
            sequence = hasSequence ? TcpHeader.sequence(buffer, at) : 0;
            return;
        }
        flags = TcpHeader.flags(buffer, at);
        long numbers = TcpHeader.numbers(buffer, at);
        sequence = (int) (numbers >>> 32);
        acknowledgment = (int) numbers;
        dataLength = packetEnd - layers.payload();
    }

    /** What it is to the state machine; a later fragment or a quoted packet is nothing special. */
    public TcpState.Segment kind() {
        return TcpState.Segment.of(flags);
    }

    /** Whether it may change the state of its session: with RST, SYN or FIN. */
    public boolean isControl() {
        return (flags & (TcpHeader.RST | TcpHeader.SYN | TcpHeader.FIN)) != 0;
    }

    /** Whether this is the first segment of a connection: SYN alone, as SYN with ACK answers one. */
    public boolean opensConnection() {
        return kind() == TcpState.Segment.SYN && !isAck();
    }

    /** Whether {@link #acknowledgment} counts. */
    public boolean isAck() {
        return (flags & TcpHeader.ACK) != 0;
    }

    /** Whether {@link #sequence} counts. */
    public boolean hasSequence() {
        return hasSequence;
    }

    /** Whether all numbers count. */
    public boolean hasNumbers() {
        return complete;
    }

    /** The first sequence number that it uses. */
    public int sequence() {
        return sequence;
    }

    /** The sequence number behind its last one: SYN and FIN use one each. */
    public int end() {
        return sequence + dataLength + Integer.bitCount(flags & (TcpHeader.SYN | TcpHeader.FIN));
    }

    /** The sequence number that its sender expects next from the other side. */
    public int acknowledgment() {
        return acknowledgment;
    }
}
