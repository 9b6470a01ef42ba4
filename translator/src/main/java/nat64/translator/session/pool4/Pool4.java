// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import nat64.translator.address.Ipv4Prefix;
import org.jspecify.annotations.Nullable;

/**
 * The IPv4 addresses that stand for IPv6 hosts (RFC 6146, section 2: the IPv4 transport address pool), each with an
 * index. Immutable; a reload makes {@link #next another} in which every address keeps its index. An address that is no
 * longer in any range is draining: it is still known, so that its bindings go on, but gets no new ones. So is an
 * address of a range that the operator drains; static bindings may have it.
 */
public final class Pool4 {

    private static final int NONE = -1;

    /** After as many draining addresses in a row, a host gets one that depends on how many are active. */
    private static final int MOST_ATTEMPTS = 64;

    private static final long ODD = 0x9e37_79b9_7f4a_7c15L;

    private final List<Pool4Range> ranges;
    private final Block[] blocks; // by first index
    private final int size;
    private final int activeAddresses;
    private final long activePorts;

    /** Consecutive addresses with consecutive indexes, all in the same range, or in none: then they are draining. */
    private record Block(
            int first, int size, int firstIndex, @Nullable Pool4Range range) {

        boolean contains(int address) {
            return Integer.compareUnsigned(address - first, size) < 0;
        }
    }

    /**
     * The addresses of a translator that starts, with indexes from 0 on.
     *
     * @throws IllegalArgumentException if there is no range, or two overlap
     */
    public Pool4(List<Pool4Range> ranges) {
        this(ranges, List.of(), new Block[0]);
    }

    private Pool4(List<Pool4Range> ranges, List<Ipv4Prefix> drained, Block[] before) {
        this.ranges = List.copyOf(ranges);
        requireDisjoint(this.ranges);
        blocks = without(drained, withRanges(before, this.ranges));
        int addresses = 0;
        int active = 0;
        long ports = 0;
        for (var block : blocks) {
            addresses += block.size;
            active += block.range == null ? 0 : block.size;
            ports += block.range == null
                    ? 0
                    : (long) block.size * block.range.ports().size();
        }
        activePorts = ports;
        size = addresses;
        activeAddresses = active;
    }

    /**
     * The addresses after a reload: known ones keep their index, new ones get the next indexes, and those that are in
     * no range any longer are draining. A range that comes back stops draining.
     *
     * @param drained addresses of the ranges that drain, too; if all do, no new binding can be made
     * @throws IllegalArgumentException if there is no range, or two overlap
     */
    public Pool4 next(List<Pool4Range> newRanges, List<Ipv4Prefix> drained) {
        return new Pool4(newRanges, drained, blocks);
    }

    /** As {@link #next(List, List)}, where no address of a range drains. */
    public Pool4 next(List<Pool4Range> newRanges) {
        return next(newRanges, List.of());
    }

    /** Whether every address that another pool4 knows has the same index here, as after {@link #next}. */
    public boolean keepsIndexesOf(Pool4 other) {
        for (var block : other.blocks) {
            int last = block.first + block.size - 1;
            if (!contains(block.first)
                    || !contains(last)
                    || index(block.first) != block.firstIndex
                    || index(last) != block.firstIndex + block.size - 1) {
                return false;
            }
        }
        return true;
    }

    /** Addresses that the host had itself and has no more by the next pool4: nothing sent to them arrives. */
    public List<Ipv4Prefix> lostTo(Pool4 next) {
        return ranges.stream()
                .filter(Pool4Range::isShared)
                .map(Pool4Range::prefix)
                .filter(prefix ->
                        next.ranges.stream().noneMatch(range -> range.prefix().overlaps(prefix)))
                .toList();
    }

    /** The ranges of which bindings may take addresses, those that drain included. */
    public List<Pool4Range> ranges() {
        return ranges;
    }

    /** How many addresses are known, draining ones included; each has an index from 0 on. */
    public int size() {
        return size;
    }

    /** How many addresses may get new bindings. */
    public int activeAddresses() {
        return activeAddresses;
    }

    /** How many ports of each protocol new bindings may have, of all addresses together. */
    public long activePorts() {
        return activePorts;
    }

    /** How many ports the address of an index has for new bindings. */
    public int portsOf(int index) {
        var range = blocks[blockOfIndex(index)].range;
        return range == null ? 0 : range.ports().size();
    }

    /** Whether an address is known, be it draining. */
    public boolean contains(int address) {
        return block(address) >= 0;
    }

    /** The index of a known address. */
    public int index(int address) {
        var block = blocks[block(address)];
        return block.firstIndex + address - block.first;
    }

    public int address(int index) {
        var block = blocks[blockOfIndex(index)];
        return block.first + index - block.firstIndex;
    }

    /** Whether the address of an index may get new bindings. */
    public boolean isActive(int index) {
        return blocks[blockOfIndex(index)].range != null;
    }

    /** Whether an address is known and may get new bindings. */
    public boolean isActiveAddress(int address) {
        int block = block(address);
        return block >= 0 && blocks[block].range != null;
    }

    /** Whether a static binding may have an address: it is in a range, be it drained. */
    public boolean isInRange(int address) {
        return rangeOf(address, ranges) != null;
    }

    /** Whether bindings may take a port of an address now. */
    public boolean offers(int address, int port) {
        int block = block(address);
        var range = block < 0 ? null : blocks[block].range;
        return range != null && range.ports().contains(port);
    }

    /**
     * The index of an active address for a host. It changes for few hosts when the ranges do: addresses that are added
     * take their fair share of hosts from all others, and of hosts whose address is draining each gets another one. If
     * all are draining, the index is that of one of them.
     *
     * @param key of the host, all bits of which look random
     */
    public int choose(long key) {
        if (activeAddresses == 0) {
            return 0;
        }
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            int index = consistentIndex(key + attempt * ODD, size);
            if (isActive(index)) {
                return index;
            }
        }
        return activeIndex((int) Long.remainderUnsigned(key, activeAddresses)); // nearly all are draining
    }

    /** Jump consistent hashing (Lamping and Veach, 2014): of n indexes, the n-th is answered for one key in n. */
    private static int consistentIndex(long key, int size) {
        long state = key;
        long index = 0;
        long next = 0;
        while (next < size) {
            index = next;
            state = state * ODD + 1;
            double random = ((state >>> 33) + 1) * 0x1p-31; // 0 excluded, 1 included
            next = (long) ((index + 1) / random);
        }
        return (int) index;
    }

    private int activeIndex(int place) {
        int left = place;
        for (var block : blocks) {
            if (block.range != null) {
                if (left < block.size) {
                    return block.firstIndex + left;
                }
                left -= block.size;
            }
        }
        throw new IllegalArgumentException("there are not so many active addresses: " + place);
    }

    /** The range of an active address. */
    Pool4Range range(int index) {
        var range = blocks[blockOfIndex(index)].range;
        if (range == null) {
            throw new IllegalArgumentException("the pool4 address " + index + " is draining");
        }
        return range;
    }

    private int block(int address) {
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i].contains(address)) {
                return i;
            }
        }
        return NONE;
    }

    private int blockOfIndex(int index) {
        int block = blocks.length - 1;
        while (blocks[block].firstIndex > index) {
            block--;
        }
        return block;
    }

    /** Cuts known blocks where ranges begin and end, and appends a block for what was not known. */
    private static Block[] withRanges(Block[] before, List<Pool4Range> ranges) {
        var all = new ArrayList<Block>();
        int nextIndex = 0;
        for (var block : before) {
            cut(block.first, block.size, block.firstIndex, ranges, all);
            nextIndex = block.firstIndex + block.size;
        }
        int known = all.size();
        for (var range : ranges) {
            nextIndex = appendUnknown(range, nextIndex, known, all);
        }
        return all.toArray(Block[]::new);
    }

    private static void cut(int first, int size, int firstIndex, List<Pool4Range> ranges, List<Block> to) {
        int done = 0;
        while (done < size) {
            int from = done;
            var range = rangeOf(first + from, ranges);
            do {
                done++;
            } while (done < size && Objects.equals(range, rangeOf(first + done, ranges)));
            to.add(new Block(first + from, done - from, firstIndex + from, range));
        }
    }

    /** Cuts blocks where drained addresses begin and end. */
    private static Block[] without(List<Ipv4Prefix> drained, Block[] blocks) {
        if (drained.isEmpty()) {
            return blocks;
        }
        var all = new ArrayList<Block>();
        for (var block : blocks) {
            int done = 0;
            while (done < block.size) {
                int from = done;
                boolean drains = contain(drained, block.first + from);
                do {
                    done++;
                } while (done < block.size && drains == contain(drained, block.first + done));
                all.add(new Block(
                        block.first + from, done - from, block.firstIndex + from, drains ? null : block.range));
            }
        }
        return all.toArray(Block[]::new);
    }

    private static boolean contain(List<Ipv4Prefix> prefixes, int address) {
        for (var prefix : prefixes) {
            if (prefix.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static int appendUnknown(Pool4Range range, int firstIndex, int known, List<Block> all) {
        int nextIndex = firstIndex;
        int address = range.prefix().address();
        int end = address + (int) range.prefix().size();
        while (address != end) {
            int first = address;
            while (address != end && !isKnown(address, known, all)) {
                address++;
            }
            if (address != first) {
                all.add(new Block(first, address - first, nextIndex, range));
                nextIndex += address - first;
            }
            while (address != end && isKnown(address, known, all)) {
                address++;
            }
        }
        return nextIndex;
    }

    private static boolean isKnown(int address, int known, List<Block> all) {
        for (int i = 0; i < known; i++) {
            if (all.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Pool4Range rangeOf(int address, List<Pool4Range> ranges) {
        for (var range : ranges) {
            if (range.prefix().contains(address)) {
                return range;
            }
        }
        return null;
    }

    private static void requireDisjoint(List<Pool4Range> ranges) {
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("a translator needs at least one pool4 range"); // C-105
        }
        for (int i = 0; i < ranges.size(); i++) {
            for (int j = i + 1; j < ranges.size(); j++) {
                if (ranges.get(i).prefix().overlaps(ranges.get(j).prefix())) {
                    throw new IllegalArgumentException("pool4 ranges overlap: "
                            + ranges.get(i).prefix() + " and " + ranges.get(j).prefix());
                }
            }
        }
    }
}
