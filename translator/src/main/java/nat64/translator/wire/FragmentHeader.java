// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import java.lang.foreign.MemorySegment;

/** A view of an IPv6 Fragment header (RFC 8200, section 4.5), read and written in place. */
public final class FragmentHeader {

    /** Bytes of the header. */
    public static final int LENGTH = 8;

    private static final int OFFSET_AND_FLAG = 2;
    private static final int IDENTIFICATION = 4;
    private static final int OFFSET_MASK = 0xfff8;

    private MemorySegment buffer = MemorySegment.NULL;
    private int at;

    /** Points this view at a header; the buffer must hold {@link #LENGTH} bytes from there. */
    public FragmentHeader wrap(MemorySegment buffer, int at) {
        this.buffer = buffer;
        this.at = at;
        return this;
    }

    public int nextHeader() {
        return Octets.u8(buffer, at);
    }

    /** Bytes of the datagram before this fragment. */
    public int fragmentOffset() {
        return Octets.u16(buffer, at + OFFSET_AND_FLAG) & OFFSET_MASK;
    }

    public boolean moreFragments() {
        return (Octets.u16(buffer, at + OFFSET_AND_FLAG) & 1) != 0;
    }

    public int identification() {
        return Octets.u32(buffer, at + IDENTIFICATION);
    }

    /** Writes the whole header; the offset counts bytes and is a multiple of 8. */
    public void write(int nextHeader, int fragmentOffset, boolean moreFragments, int identification) {
        Octets.u16(buffer, at, nextHeader << 8);
        Octets.u16(buffer, at + OFFSET_AND_FLAG, fragmentOffset | (moreFragments ? 1 : 0));
        Octets.u32(buffer, at + IDENTIFICATION, identification);
    }
}
