// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import java.lang.foreign.MemorySegment;

/** The ports of a TCP or UDP header: the first 32 bits of both. {@code at} is where the header starts. */
public final class Ports {

    private static final int DESTINATION = 2;

    private Ports() {}

    public static int source(MemorySegment buffer, int at) {
        return Octets.u16(buffer, at);
    }

    public static int destination(MemorySegment buffer, int at) {
        return Octets.u16(buffer, at + DESTINATION);
    }

    /** Both ports: the source port in the upper 16 bits, the destination port in the lower. */
    public static int both(MemorySegment buffer, int at) {
        return Octets.u32(buffer, at);
    }

    public static void both(MemorySegment buffer, int at, int ports) {
        Octets.u32(buffer, at, ports);
    }

    /** Two ports as {@link #both} has them. */
    public static int both(int source, int destination) {
        return (source << 16) | destination;
    }
}
