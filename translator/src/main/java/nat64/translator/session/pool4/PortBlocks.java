// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.random.RandomGenerator;
import nat64.translator.session.table.Hash;

/**
 * Which subscriber has which blocks of ports. A block is for TCP, UDP and ICMP alike. It is a subscriber's from its
 * first binding until its last one has ended; then it rests, and during that time its last owner only may have it again
 * (RFC 6888, REQ-8). Blocks are chosen at random, and so are ports within them (RFC 6056). Blocks begin at port 1024:
 * lower ports are for static bindings. Memory is bounded by the size of pool4. One thread at a time.
 */
public final class PortBlocks {

    /** No such block, or no port. */
    public static final int NONE = PortAllocator.NONE;

    private static final int PORTS = 1 << 16;

    /** Addresses that are tried for the first block of a subscriber. */
    private static final int MOST_ATTEMPTS = 16;

    /** Blocks that one call frees, so that no packet waits for long. */
    private static final int FREED_AT_ONCE = 64;

    private final PortBlockSettings settings;
    private final int numberBits; // of the number of a block at its address
    private final int restMillis;
    private final RandomGenerator random;
    private final BlockRows rows;
    private final BlockOwners owners;
    private final long highMask;
    private final long lowMask;
    private Pool4 pool4;

    /**
     * What else is known of blocks at start.
     *
     * @param rest how long a block rests; 0 for not at all
     * @param subscribers for how many there is room: one for each binding at least
     */
    public record Sizes(Duration rest, int subscribers) {}

    /** @param random for blocks and hashes; unguessable from outside */
    public PortBlocks(Arena arena, PortBlockSettings settings, Pool4 pool4, Sizes sizes, RandomGenerator random) {
        this.settings = settings;
        this.pool4 = pool4;
        this.random = random;
        numberBits = settings.isOn() ? Integer.numberOfTrailingZeros(PORTS / settings.size()) : 0;
        restMillis = (int) sizes.rest.toMillis();
        rows = new BlockRows(arena, settings.isOn() ? 1 << numberBits : 0, pool4.size());
        owners = new BlockOwners(
                arena, settings.isOn() ? sizes.subscribers : 1, new Hash(settings.isOn() ? random.nextLong() : 0));
        int length = settings.prefixLength();
        highMask = length >= Long.SIZE ? -1L : -1L << (Long.SIZE - length);
        lowMask = length <= Long.SIZE ? 0 : -1L << (2 * Long.SIZE - length);
    }

    public PortBlockSettings settings() {
        return settings;
    }

    public boolean isOn() {
        return settings.isOn();
    }

    /** Takes memory for the addresses that the next pool4 has in addition; any thread may, one at a time. */
    public Growth prepare(Arena arena, Pool4 next) {
        int more = next.size() - pool4.size();
        return new Growth(next, more == 0 ? rows.parts() : rows.grown(arena, pool4.size(), more));
    }

    /** What another pool4 needs. */
    public static final class Growth {

        private final Pool4 pool4;
        private final BlockRows.Part[] parts;

        private Growth(Pool4 pool4, BlockRows.Part[] parts) {
            this.pool4 = pool4;
            this.parts = parts;
        }
    }

    /** Goes on with another pool4; blocks that a subscriber has stay its own, also those of addresses that drain. */
    public void use(Growth growth) {
        pool4 = growth.pool4;
        rows.use(growth.parts);
    }

    /**
     * The index of the pool4 address for a new binding of a subscriber's host: that of its blocks, so that all hosts
     * of the subscriber have the same address (RFC 4787, REQ-2). A subscriber without a block gets an address with a
     * free one.
     *
     * @param chosen the index that pool4 chooses for the subscriber
     */
    public int address(long high, long low, int chosen, long now) {
        freeDue(now);
        int own = addressOf(first(high, low));
        if (own != NONE) {
            return own;
        }
        int index = chosen;
        for (int i = 0; i < MOST_ATTEMPTS && findFree(index) == NONE; i++) {
            index = pool4.choose(random.nextLong());
        }
        return index;
    }

    /** The address of some blocks that follow each other, if it can give ports; one that drains can't. */
    private int addressOf(int first) {
        for (int block = first; block != NONE; block = rows.nextOfOwner(block)) {
            if (isOffered(block)) {
                return addressIndex(block);
            }
        }
        for (int block = first; block != NONE; block = rows.nextOfOwner(block)) { // a reload has changed its ports
            if (pool4.isActive(addressIndex(block)) && findFree(addressIndex(block)) != NONE) {
                return addressIndex(block);
            }
        }
        return NONE;
    }

    /** The bits of an address that name its subscriber. */
    public long subscriberHigh(long high) {
        return high & highMask;
    }

    /** The bits of an address that name its subscriber. */
    public long subscriberLow(long low) {
        return low & lowMask;
    }

    /**
     * Takes a port of a block that a subscriber has at an address, or may take there; NONE if there is none. The block
     * is the subscriber's as soon as the binding is shown to {@link #bind}.
     */
    public int allocate(PortAllocator ports, long high, long low, int wanted, int addressIndex) {
        int first = first(high, low);
        int port = allocate(ports, wanted, addressIndex, first, false);
        if (port != NONE || hasMost(high, low, addressIndex)) {
            return port;
        }
        port = allocate(ports, wanted, addressIndex, first, true);
        int block = port == NONE && (owners.hasRoom() || makeRoom()) ? findFree(addressIndex) : NONE;
        return block == NONE ? port : ports.allocate(addressIndex, wanted, firstPort(block), lastPort(block));
    }

    /** Takes a port of one of some blocks that follow each other: of those that rest, or of the others. */
    private int allocate(PortAllocator ports, int wanted, int addressIndex, int first, boolean resting) {
        for (int block = first; block != NONE; block = rows.nextOfOwner(block)) {
            if (addressIndex(block) == addressIndex && rows.isResting(block) == resting && isOffered(block)) {
                int port = ports.allocate(addressIndex, wanted, firstPort(block), lastPort(block));
                if (port != NONE) {
                    return port;
                }
            }
        }
        return NONE;
    }

    /** Whether a subscriber has as many blocks of an address as it may have. */
    public boolean hasMost(long high, long low, int addressIndex) {
        int number = 0;
        for (int block = first(high, low); block != NONE; block = rows.nextOfOwner(block)) {
            if (addressIndex(block) == addressIndex && !rows.isResting(block) && isOffered(block)) {
                number++;
            }
        }
        return number >= settings.most();
    }

    /**
     * A binding of a port was made. The block of the port becomes the subscriber's if no other one has it.
     *
     * @return the block, or NONE if it is another's, or no block: then the binding stands for itself
     */
    public int bind(long high, long low, int addressIndex, int port) {
        int block = blockOf(addressIndex, port);
        int owner = owners.find(high & highMask, low & lowMask);
        if (block == NONE || !mayTake(block, owner)) {
            return NONE;
        }
        if (rows.owner(block) == NONE) {
            int row = owner == NONE ? owners.create(high & highMask, low & lowMask) : owner;
            if (row == NONE) {
                return NONE;
            }
            rows.owner(block, row);
            rows.nextOfOwner(block, owners.firstBlock(row));
            owners.firstBlock(row, block);
        }
        rows.addBinding(block);
        return block;
    }

    private boolean mayTake(int block, int owner) {
        return rows.owner(block) == owner || (rows.owner(block) == NONE && rows.bindings(block) == 0);
    }

    /** A binding in a block has ended; answers whether it was the last one: then the block must {@link #rest}. */
    public boolean unbind(int block) {
        return rows.removeBinding(block);
    }

    /** A block without bindings is not given to another subscriber for a time. */
    public void rest(int block, long now) {
        if (restMillis == 0) {
            free(block);
        } else {
            rows.rest(block, now + restMillis);
        }
    }

    /**
     * Lets the block of a port rest that another process has released, unless a subscriber has it; false if the port is
     * in no block.
     */
    public boolean hold(int addressIndex, int port, int timeLeft, long now) {
        int block = blockOf(addressIndex, port);
        if (block == NONE || restMillis == 0) {
            return false;
        }
        long until = now + Math.min(timeLeft, restMillis);
        if (rows.bindings(block) == 0 && (!rows.isResting(block) || rows.until(block) - until < 0)) {
            rows.rest(block, until);
        }
        return true;
    }

    /** Frees some blocks whose rest is over. */
    private void freeDue(long now) {
        for (int i = 0; i < FREED_AT_ONCE && rows.oldestResting() != NONE; i++) {
            if (rows.until(rows.oldestResting()) - now > 0) {
                return;
            }
            free(rows.oldestResting());
        }
    }

    /** Frees the blocks that have rested longest, so that there is room for another subscriber. */
    private boolean makeRoom() {
        for (int i = 0; i < FREED_AT_ONCE && !owners.hasRoom() && rows.oldestResting() != NONE; i++) {
            free(rows.oldestResting());
        }
        return owners.hasRoom();
    }

    private void free(int block) {
        int owner = rows.owner(block);
        if (owner != NONE) {
            int next = rows.nextOfOwner(block);
            if (owners.firstBlock(owner) == block) {
                owners.firstBlock(owner, next);
            } else {
                int before = owners.firstBlock(owner);
                while (rows.nextOfOwner(before) != block) {
                    before = rows.nextOfOwner(before);
                }
                rows.nextOfOwner(before, next);
            }
            owners.removeIfUnused(owner);
        }
        rows.free(block);
    }

    /** The block of a port, be it free, or NONE. */
    public int blockOf(int addressIndex, int port) {
        return !settings.isOn() || port < Math.max(PortAllocator.FIRST_UNPRIVILEGED, settings.size())
                ? NONE
                : (addressIndex << numberBits) | (port / settings.size());
    }

    /** Blocks of all addresses: each has a number below this. */
    public int size() {
        return settings.isOn() ? pool4.size() << numberBits : 0;
    }

    /** The number of the first block of the next address. */
    public int nextAddress(int block) {
        return ((block >> numberBits) + 1) << numberBits;
    }

    /** Bindings in a block. */
    public int bindings(int block) {
        return rows.bindings(block);
    }

    public boolean isResting(int block) {
        return rows.isResting(block);
    }

    /** Milliseconds until a block that rests is free. */
    public int timeLeft(int block, long now) {
        return (int) (rows.until(block) - now);
    }

    /** The first bits of the address of the subscriber who has a block. */
    public long ownerHigh(int block) {
        return owners.high(rows.owner(block));
    }

    /** The last bits. */
    public long ownerLow(int block) {
        return owners.low(rows.owner(block));
    }

    public int addressIndex(int block) {
        return block >> numberBits;
    }

    /** The pool4 address of a block. */
    public int address(int block) {
        return pool4.address(addressIndex(block));
    }

    public int firstPort(int block) {
        return (block & ((1 << numberBits) - 1)) * settings.size();
    }

    public int lastPort(int block) {
        return firstPort(block) + settings.size() - 1;
    }

    /**
     * The blocks of one address.
     *
     * @param used those with bindings
     * @param resting those that the last owner only may have
     * @param free those that subscribers may get now; none of an address that drains
     */
    public record Usage(int used, int resting, int free) {}

    /** What has become of the blocks of an address. */
    public Usage usageOf(int addressIndex) {
        int used = 0;
        int resting = 0;
        int free = 0;
        for (int block = addressIndex << numberBits; block < (addressIndex + 1) << numberBits; block++) {
            if (rows.isResting(block)) {
                resting++;
            } else if (rows.bindings(block) > 0) {
                used++;
            } else if (isOffered(block)) {
                free++;
            }
        }
        return new Usage(used, resting, free);
    }

    /** How many blocks subscribers may have, of all addresses that do not drain. */
    public long offered() {
        return pool4.ranges().stream()
                .mapToLong(range -> range.prefix().size() * settings.blocksIn(range.ports()))
                .sum();
    }

    /** Blocks with bindings, of all addresses. */
    public int used() {
        return rows.used();
    }

    /** Blocks that rest, of all addresses. */
    public int resting() {
        return rows.resting();
    }

    private int first(long high, long low) {
        int owner = owners.find(high & highMask, low & lowMask);
        return owner == NONE ? NONE : owners.firstBlock(owner);
    }

    /** Whether new bindings may have ports of a block. */
    private boolean isOffered(int block) {
        int index = addressIndex(block);
        if (!pool4.isActive(index)) {
            return false;
        }
        var range = pool4.range(index).ports();
        int number = block & ((1 << numberBits) - 1);
        return number >= settings.firstBlock(range) && number <= settings.lastBlock(range);
    }

    /** A free block of an active address, from a random one on, or NONE. */
    private int findFree(int addressIndex) {
        var range = pool4.range(addressIndex).ports();
        int first = (addressIndex << numberBits) | settings.firstBlock(range);
        int last = (addressIndex << numberBits) | settings.lastBlock(range);
        if (first > last) {
            return NONE;
        }
        int from = random.nextInt(first, last + 1);
        int block = rows.findFree(from, last);
        return block == NONE ? rows.findFree(first, from - 1) : block;
    }
}
