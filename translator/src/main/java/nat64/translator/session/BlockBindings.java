// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.util.Optional;
import nat64.translator.session.pool4.PortAllocator;
import nat64.translator.session.pool4.PortBlocks;
import nat64.translator.session.record.Occupancy;
import nat64.translator.session.record.SessionListener;
import nat64.translator.session.table.Bib;

/**
 * Keeps the blocks of ports in step with the bindings of all protocols, and tells listeners of them. A binding in a
 * block is marked so in its row. One thread at a time.
 */
final class BlockBindings {

    private final PortBlocks blocks;
    private final Pairing pairing;
    private SessionListener[] listeners = {};

    BlockBindings(PortBlocks blocks, Pairing pairing) {
        this.blocks = blocks;
        this.pairing = pairing;
    }

    void listeners(SessionListener[] all) {
        listeners = all;
    }

    PortBlocks blocks() {
        return blocks;
    }

    /** How many blocks there are; nothing without blocks. */
    Optional<Occupancy.Blocks> occupancy() {
        return blocks.isOn()
                ? Optional.of(new Occupancy.Blocks(blocks.used(), blocks.resting(), blocks.offered()))
                : Optional.empty();
    }

    /** The index of the pool4 address for a new binding of a host. */
    int address(long high, long low, long now) {
        if (!blocks.isOn()) {
            return pairing.index(high, low);
        }
        int chosen = pairing.choose(blocks.subscriberHigh(high), blocks.subscriberLow(low));
        return blocks.address(high, low, chosen, now);
    }

    /** Takes a port of the pool4 address of an index, or answers NONE. */
    int allocate(PortAllocator ports, long high, long low, int wanted, int index) {
        return blocks.isOn() ? blocks.allocate(ports, high, low, wanted, index) : ports.allocate(index, wanted);
    }

    /** Whether a host gets no port of an address because its subscriber has as many blocks there as it may have. */
    boolean hasMost(long high, long low, int index) {
        return blocks.isOn() && blocks.hasMost(high, low, index);
    }

    /** A binding was made. */
    void bound(Bib bib, int row, long now) {
        if (!blocks.isOn() || bib.isStatic(row)) {
            return;
        }
        int index = pairing.pool4().index(bib.ipv4(row));
        int block = blocks.bind(bib.ipv6High(row), bib.ipv6Low(row), index, bib.ipv4Port(row));
        bib.isInBlock(row, block != PortBlocks.NONE);
        if (block != PortBlocks.NONE && blocks.bindings(block) == 1) {
            for (var listener : listeners) {
                listener.blockStarted(blocks, block, now);
            }
        }
    }

    /** A binding ends. */
    void unbound(Bib bib, int row, long now) {
        if (!bib.isInBlock(row)) {
            return;
        }
        int block = blocks.blockOf(pairing.pool4().index(bib.ipv4(row)), bib.ipv4Port(row));
        if (blocks.unbind(block)) {
            for (var listener : listeners) {
                listener.blockEnded(blocks, block, now);
            }
            blocks.rest(block, now);
        }
    }
}
