// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import java.lang.foreign.MemorySegment;

/**
 * A view of an IPv4 header (RFC 791, section 3.1), read and written in place. One per worker, wrapped for each packet.
 */
public final class Ipv4Header {

    /** Bytes of a header without options, the only kind that is written. */
    public static final int LENGTH = 20;

    /** Don't Fragment, within {@link #fragmentField}. */
    public static final int DONT_FRAGMENT = 0x4000;

    /** More Fragments, within {@link #fragmentField}. */
    public static final int MORE_FRAGMENTS = 0x2000;

    private static final int OFFSET_MASK = 0x1fff;
    private static final int VERSION_WITHOUT_OPTIONS = 0x45;
    private static final int TYPE_OF_SERVICE = 1;
    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int TTL = 8;
    private static final int PROTOCOL = 9;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private MemorySegment buffer = MemorySegment.NULL;
    private int at;
    private long sum;

    /** Points this view at a header; the buffer must hold at least {@link #LENGTH} bytes from there. */
    public Ipv4Header wrap(MemorySegment buffer, int at) {
        this.buffer = buffer;
        this.at = at;
        return this;
    }

    /** Bytes of the header with its options, as the header says: 0 to 60. */
    public int headerLength() {
        return (Octets.u8(buffer, at) & 0xf) * 4;
    }

    /** Whether this is version 4 without options, as nearly all packets are. */
    public boolean hasNoOptions() {
        return Octets.u8(buffer, at) == VERSION_WITHOUT_OPTIONS;
    }

    public int typeOfService() {
        return Octets.u8(buffer, at + TYPE_OF_SERVICE);
    }

    public int totalLength() {
        return Octets.u16(buffer, at + TOTAL_LENGTH);
    }

    public Ipv4Header totalLength(int bytes) {
        Octets.u16(buffer, at + TOTAL_LENGTH, bytes);
        return this;
    }

    public int identification() {
        return Octets.u16(buffer, at + IDENTIFICATION);
    }

    public Ipv4Header identification(int value) {
        Octets.u16(buffer, at + IDENTIFICATION, value);
        return this;
    }

    /** Flags and offset as they are in the header; the offset counts units of 8 bytes. */
    public int fragmentField() {
        return Octets.u16(buffer, at + FRAGMENT);
    }

    public Ipv4Header fragmentField(int value) {
        Octets.u16(buffer, at + FRAGMENT, value);
        return this;
    }

    public boolean dontFragment() {
        return (fragmentField() & DONT_FRAGMENT) != 0;
    }

    public boolean moreFragments() {
        return (fragmentField() & MORE_FRAGMENTS) != 0;
    }

    /** Bytes of the datagram before this fragment. */
    public int fragmentOffset() {
        return (fragmentField() & OFFSET_MASK) * 8;
    }

    public int ttl() {
        return Octets.u8(buffer, at + TTL);
    }

    public Ipv4Header ttl(int value) {
        Octets.u8(buffer, at + TTL, value);
        return this;
    }

    public int protocol() {
        return Octets.u8(buffer, at + PROTOCOL);
    }

    public int source() {
        return Octets.u32(buffer, at + SOURCE);
    }

    public int destination() {
        return Octets.u32(buffer, at + DESTINATION);
    }

    /** Whether the header checksum is correct; the buffer must hold the header with its options. */
    public boolean hasValidChecksum() {
        return Checksum.fold(Checksum.sum(buffer, at, headerLength())) == 0xffff;
    }

    /** Writes a header without options that is no fragment; {@link #finish} completes it. */
    public Ipv4Header write(int typeOfService, int totalLength, int ttl, int protocol) {
        int first = 0x4500_0000 | (typeOfService << 16) | totalLength;
        int third = (ttl << 24) | (protocol << 16);
        Octets.u32(buffer, at, first);
        Octets.u32(buffer, at + IDENTIFICATION, 0);
        Octets.u32(buffer, at + TTL, third);
        sum = Checksum.sum(first) + Checksum.sum(third);
        return this;
    }

    /** Writes Identification, flags and offset after {@link #write}, at most once. */
    public Ipv4Header fragment(int identification, int fragmentField) {
        int second = (identification << 16) | fragmentField;
        Octets.u32(buffer, at + IDENTIFICATION, second);
        sum += Checksum.sum(second);
        return this;
    }

    /**
     * Writes the addresses and the checksum after {@link #write}. The checksum is computed from the values, not from
     * the buffer: a load wider than the stores just before it would have to wait for them.
     */
    public void finish(int source, int destination) {
        Octets.u32(buffer, at + SOURCE, source);
        Octets.u32(buffer, at + DESTINATION, destination);
        Octets.u16(buffer, at + CHECKSUM, Checksum.of(sum + Checksum.sum(source) + Checksum.sum(destination)));
    }

    /** Computes the checksum anew after fields were changed, and writes it. */
    public void updateChecksum() {
        Octets.u16(buffer, at + CHECKSUM, 0);
        Octets.u16(buffer, at + CHECKSUM, Checksum.of(Checksum.sum(buffer, at, headerLength())));
    }
}
