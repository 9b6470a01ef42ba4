// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import java.lang.foreign.MemorySegment;

/**
 * A view of an IPv6 fixed header (RFC 8200, section 3), read and written in place. One per worker, wrapped for each
 * packet.
 */
public final class Ipv6Header {

    /** Bytes of the fixed header. */
    public static final int LENGTH = 40;

    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;

    private MemorySegment buffer = MemorySegment.NULL;
    private int at;

    /** Points this view at a header; the buffer must hold {@link #LENGTH} bytes from there. */
    public Ipv6Header wrap(MemorySegment buffer, int at) {
        this.buffer = buffer;
        this.at = at;
        return this;
    }

    public int version() {
        return Octets.u8(buffer, at) >>> 4;
    }

    public int trafficClass() {
        return (Octets.u16(buffer, at) >>> 4) & 0xff;
    }

    public int payloadLength() {
        return Octets.u16(buffer, at + PAYLOAD_LENGTH);
    }

    public Ipv6Header payloadLength(int bytes) {
        Octets.u16(buffer, at + PAYLOAD_LENGTH, bytes);
        return this;
    }

    public int nextHeader() {
        return Octets.u8(buffer, at + NEXT_HEADER);
    }

    public Ipv6Header nextHeader(int protocol) {
        Octets.u8(buffer, at + NEXT_HEADER, protocol);
        return this;
    }

    public int hopLimit() {
        return Octets.u8(buffer, at + HOP_LIMIT);
    }

    public long sourceHigh() {
        return Octets.u64(buffer, at + SOURCE);
    }

    public long sourceLow() {
        return Octets.u64(buffer, at + SOURCE + 8);
    }

    public long destinationHigh() {
        return Octets.u64(buffer, at + DESTINATION);
    }

    public long destinationLow() {
        return Octets.u64(buffer, at + DESTINATION + 8);
    }

    /** Writes everything except the addresses; the flow label is 0. */
    public Ipv6Header write(int trafficClass, int payloadLength, int nextHeader, int hopLimit) {
        Octets.u32(buffer, at, 0x6000_0000 | (trafficClass << 20));
        Octets.u32(buffer, at + PAYLOAD_LENGTH, (payloadLength << 16) | (nextHeader << 8) | hopLimit);
        return this;
    }

    public Ipv6Header source(long high, long low) {
        Octets.u64(buffer, at + SOURCE, high);
        Octets.u64(buffer, at + SOURCE + 8, low);
        return this;
    }

    public Ipv6Header destination(long high, long low) {
        Octets.u64(buffer, at + DESTINATION, high);
        Octets.u64(buffer, at + DESTINATION + 8, low);
        return this;
    }
}
