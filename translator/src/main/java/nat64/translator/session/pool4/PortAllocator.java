// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which ports of the pool4 addresses are taken, of one protocol: one bit each. A port is chosen at random (RFC 6056),
 * out of the same range as the IPv6 host's, below 1024 or not, and of the same parity where that is asked for (RFC
 * 6146, section 3.5.1.1); the search from there on takes 64 ports at a step. One thread at a time.
 */
public final class PortAllocator {

    /** No port is free. */
    public static final int NONE = -1;

    /** The first port behind the well-known ones (RFC 6146, section 3.5.1.1). */
    static final int FIRST_UNPRIVILEGED = 1024;

    private static final int PORTS = 1 << 16;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final long EVEN = 0x5555_5555_5555_5555L;

    private final boolean keepParity;
    private final RandomGenerator random;
    private Pool4 pool4;
    private Map[] maps;

    /** The maps of the addresses from an index on; every start and every reload with new addresses adds one. */
    private record Map(int firstIndex, MemorySegment taken) {}

    /** What another pool4 needs: see {@link #prepare}. */
    public static final class Growth {

        private final Pool4 pool4;
        private final Map[] maps;

        private Growth(Pool4 pool4, Map[] maps) {
            this.pool4 = pool4;
            this.maps = maps;
        }
    }

    public PortAllocator(Arena arena, Pool4 pool4, boolean keepParity, RandomGenerator random) {
        this.pool4 = pool4;
        this.keepParity = keepParity;
        this.random = random;
        maps = new Map[] {map(arena, 0, pool4.size())};
    }

    /** Takes memory for the addresses that the next pool4 has in addition; any thread may, one at a time. */
    public Growth prepare(Arena arena, Pool4 next) {
        var all = maps;
        if (next.size() > pool4.size()) {
            all = Arrays.copyOf(maps, maps.length + 1);
            all[maps.length] = map(arena, pool4.size(), next.size() - pool4.size());
        }
        return new Growth(next, all);
    }

    /** Goes on with another pool4; ports that are taken stay so. */
    public void use(Growth growth) {
        pool4 = growth.pool4;
        maps = growth.maps;
    }

    /** Takes a port of an active address for an IPv6 host's port, or answers NONE. */
    public int allocate(int addressIndex, int wanted) {
        var range = pool4.range(addressIndex).ports();
        boolean privileged = wanted < FIRST_UNPRIVILEGED;
        int port = NONE;
        if (privileged) {
            port = allocate(addressIndex, wanted, range.first(), Math.min(range.last(), FIRST_UNPRIVILEGED - 1));
        }
        if (port == NONE) { // section 3.5.1.1 allows the other range when there is no port left in this one
            port = allocate(addressIndex, wanted, Math.max(range.first(), FIRST_UNPRIVILEGED), range.last());
        }
        return port != NONE || privileged
                ? port
                : allocate(addressIndex, wanted, range.first(), Math.min(range.last(), FIRST_UNPRIVILEGED - 1));
    }

    /** Takes a port, which may lie outside the range; false if it was taken before. */
    public boolean reserve(int addressIndex, int port) {
        var map = map(addressIndex);
        long word = word(map, addressIndex, port);
        long before = map.taken.get(LONG, word);
        map.taken.set(LONG, word, before | 1L << port);
        return (before & 1L << port) == 0;
    }

    public void release(int addressIndex, int port) {
        var map = map(addressIndex);
        long word = word(map, addressIndex, port);
        map.taken.set(LONG, word, map.taken.get(LONG, word) & ~(1L << port));
    }

    /** How many ports of an address are taken, in its range or not. */
    public int taken(int addressIndex) {
        var map = map(addressIndex);
        int taken = 0;
        for (int port = 0; port < PORTS; port += Long.SIZE) {
            taken += Long.bitCount(map.taken.get(LONG, word(map, addressIndex, port)));
        }
        return taken;
    }

    /** How many ports bindings may take now of an address; none if it drains. */
    public int free(int addressIndex) {
        if (!pool4.isActive(addressIndex)) {
            return 0;
        }
        var map = map(addressIndex);
        var range = pool4.range(addressIndex).ports();
        var usedByHost = pool4.range(addressIndex).hostPorts().orElse(HostPorts.NONE);
        int free = 0;
        for (int port = range.first() & -Long.SIZE; port <= range.last(); port += Long.SIZE) {
            long offered = (-1L << Math.max(0, range.first() - port))
                    & (-1L >>> Math.max(0, port + Long.SIZE - 1 - range.last()));
            long taken = map.taken.get(LONG, word(map, addressIndex, port)) | usedByHost.word(port);
            free += Long.bitCount(offered & ~taken);
        }
        return free;
    }

    /** Takes a port within a part of the range of an active address, or answers NONE. */
    int allocate(int addressIndex, int wanted, int first, int last) {
        if (first > last) {
            return NONE;
        }
        int from = random.nextInt(first, last + 1);
        int port = NONE;
        if (keepParity) {
            port = search(addressIndex, from, first, last, (wanted & 1) == 0 ? EVEN : ~EVEN);
        }
        if (port == NONE) {
            port = search(addressIndex, from, first, last, -1L);
        }
        if (port != NONE) {
            reserve(addressIndex, port);
        }
        return port;
    }

    private int search(int addressIndex, int from, int first, int last, long parity) {
        int port = searchUp(addressIndex, from, last, parity);
        return port == NONE ? searchUp(addressIndex, first, from - 1, parity) : port;
    }

    /** The first free port from one to the other, of those that the mask allows. */
    private int searchUp(int addressIndex, int from, int to, long mask) {
        var map = map(addressIndex);
        var usedByHost = pool4.range(addressIndex).hostPorts().orElse(HostPorts.NONE);
        long allowed = mask & (-1L << from);
        for (int port = from & -Long.SIZE; port <= to; port += Long.SIZE) {
            long taken = map.taken.get(LONG, word(map, addressIndex, port)) | usedByHost.word(port);
            long free = ~taken & allowed;
            if (free != 0) {
                int found = port + Long.numberOfTrailingZeros(free);
                return found <= to ? found : NONE;
            }
            allowed = mask;
        }
        return NONE;
    }

    private Map map(int addressIndex) {
        int at = maps.length - 1;
        while (maps[at].firstIndex > addressIndex) {
            at--;
        }
        return maps[at];
    }

    private static Map map(Arena arena, int firstIndex, int addresses) {
        return new Map(firstIndex, arena.allocate(PORTS / 8L * addresses, 64));
    }

    /** Where the 64 bits are that hold the port's. */
    private static long word(Map map, int addressIndex, int port) {
        return (long) (addressIndex - map.firstIndex) * (PORTS / 8) + (port >>> 6) * 8L;
    }
}
