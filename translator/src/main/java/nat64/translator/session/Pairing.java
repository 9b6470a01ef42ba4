// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import java.util.Arrays;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Hash;
import nat64.translator.session.table.PinnedHosts;
import org.jspecify.annotations.Nullable;

/**
 * Which pool4 address an IPv6 host has: the same for all its bindings, of all protocols (RFC 6146, section 3.5.1.1; RFC
 * 4787, REQ-2). The address of the host chooses it. After a reload that would choose another one, a host keeps the old
 * one until its last binding there has ended, unless that address is draining.
 */
final class Pairing {

    /** Hosts that are pinned because they open bindings while it is found out who is. */
    private static final int SPARE_ROOM = 1024;

    private static final int MOST_DOUBLINGS = 14;

    private Hash hash;
    private long seed;
    private Pool4 pool4;
    private @Nullable Pool4 next;
    private PinnedHosts[] pins = {}; // a host is in one of them at most; the newest is the last

    Pairing(Pool4 pool4, long seed) {
        this.pool4 = pool4;
        this.seed = seed;
        hash = new Hash(seed);
    }

    /** Decides which host has which address. */
    long seed() {
        return seed;
    }

    /** Gives hosts the addresses that they have had in another process; no host may have a binding yet. */
    void seed(long other) {
        seed = other;
        hash = new Hash(other);
    }

    Pool4 pool4() {
        return pool4;
    }

    /** The index of the address for a new binding of a host. */
    int index(long ipv6High, long ipv6Low) {
        int pinned = pinned(ipv6High, ipv6Low);
        return pinned != PinnedHosts.NONE && pool4.isActive(pinned) ? pinned : pool4.choose(key(ipv6High, ipv6Low));
    }

    /** The index of the address for a subscriber that has no block of ports; pins are for hosts without blocks. */
    int choose(long high, long low) {
        return pool4.choose(key(high, low));
    }

    /** A binding was made. */
    void bound(Bib bib, int row) {
        if (pins.length == 0 || bib.isStatic(row) || bib.isInBlock(row)) {
            return;
        }
        long high = bib.ipv6High(row);
        long low = bib.ipv6Low(row);
        int index = pool4.index(bib.ipv4(row));
        if (pinned(high, low) == index) {
            bib.isPinned(row, add(high, low, index));
        } else if (next != null) {
            pin(bib, row);
        }
    }

    /**
     * A binding was made that came from elsewhere: its host is pinned unless it has this address anyway. Room for many
     * hosts is made in ever larger portions.
     */
    void adopted(Bib bib, int row) {
        long high = bib.ipv6High(row);
        long low = bib.ipv6Low(row);
        int index = pool4.index(bib.ipv4(row));
        boolean needsPin = pool4.isActive(index) && index(high, low) != index && pinned(high, low) == PinnedHosts.NONE;
        if (bib.isPinned(row) || bib.isInBlock(row) || !needsPin) {
            return;
        }
        if (pins.length == 0 || !pins[pins.length - 1].hasRoom()) {
            addTable(new PinnedHosts(Arena.ofAuto(), SPARE_ROOM << Math.min(pins.length, MOST_DOUBLINGS), hash));
        }
        bib.isPinned(row, add(high, low, index));
    }

    /** A binding ends. */
    void unbound(Bib bib, int row) {
        if (bib.isPinned(row)) {
            boolean found = false;
            for (int i = 0; i < pins.length && !found; i++) {
                found = pins[i].remove(bib.ipv6High(row), bib.ipv6Low(row));
            }
        }
    }

    /** Room for the hosts that another pool4 may move; any thread may. */
    PinnedHosts room(int liveBindings) {
        return new PinnedHosts(Arena.ofAuto(), liveBindings + SPARE_ROOM, hash);
    }

    /** Begins to find out which hosts another pool4 would move: each binding must be shown to {@link #pin}. */
    void begin(Pool4 other, PinnedHosts room) {
        next = other;
        addTable(room);
    }

    private void addTable(PinnedHosts table) {
        var kept = Arrays.stream(pins).filter(other -> other.size() > 0).toArray(PinnedHosts[]::new);
        pins = Arrays.copyOf(kept, kept.length + 1);
        pins[kept.length] = table;
    }

    /** Pins the host of a binding if the next pool4 would move it. */
    void pin(Bib bib, int row) {
        long high = bib.ipv6High(row);
        long low = bib.ipv6Low(row);
        int index = pool4.index(bib.ipv4(row));
        boolean moves = next != null && next.isActive(index) && next.choose(key(high, low)) != index;
        if (moves && !bib.isPinned(row) && !bib.isStatic(row) && !bib.isInBlock(row)) {
            bib.isPinned(row, add(high, low, index));
        }
    }

    /** Goes on with the next pool4. */
    void use() {
        if (next != null) {
            pool4 = next;
            next = null;
        }
    }

    private int pinned(long ipv6High, long ipv6Low) {
        for (var table : pins) {
            int index = table.find(ipv6High, ipv6Low);
            if (index != PinnedHosts.NONE) {
                return index;
            }
        }
        return PinnedHosts.NONE;
    }

    /** A host that is in a table already stays in it. */
    private boolean add(long ipv6High, long ipv6Low, int index) {
        for (var table : pins) {
            if (table.find(ipv6High, ipv6Low) != PinnedHosts.NONE) {
                return table.add(ipv6High, ipv6Low, index);
            }
        }
        return pins[pins.length - 1].add(ipv6High, ipv6Low, index);
    }

    private long key(long ipv6High, long ipv6Low) {
        return ((long) hash.of(ipv6High, ipv6Low, 0) << 32) | (hash.of(ipv6High, ipv6Low, 1) & 0xffff_ffffL);
    }
}
