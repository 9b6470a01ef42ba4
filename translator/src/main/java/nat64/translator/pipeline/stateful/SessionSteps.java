// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateful;

import static nat64.translator.packet.DropReason.NONE;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Step;
import nat64.translator.pipeline.TableLock;
import nat64.translator.session.Filtering;
import nat64.translator.session.IncomingTuple;
import nat64.translator.session.Mapping;
import nat64.translator.session.OutgoingTuple;
import nat64.translator.session.SessionRules;
import nat64.translator.session.SessionTables;
import nat64.translator.session.fragment.Fragments;

/**
 * The steps of RFC 6146 that need the tables: sections 3.4 to 3.6, in one go, under the lock. The same for both
 * directions. One per worker.
 */
public final class SessionSteps {

    private final TableLock lock;
    private final IncomingTuple incoming;
    private final Filtering filtering;
    private final Mapping mapping = new Mapping();
    private final OutgoingTuple outgoing = new OutgoingTuple();
    private final Fragments fragments;
    private int released;

    public SessionSteps(TableLock lock, SessionTables tables, Fragments fragments) {
        this.lock = lock;
        this.fragments = fragments;
        incoming = new IncomingTuple(fragments);
        filtering = new Filtering(tables);
    }

    /**
     * Takes all three steps; after NONE, {@link #outgoing} is the tuple that the packet is translated to.
     *
     * @param prefix index of the Pref64 that the packet was sent to, or under which its IPv6 host sees the sender
     */
    DropReason take(Packet packet, int prefix, SessionRules rules, long now) {
        long time = lock.lock(now);
        try {
            packet.enter(Step.TUPLE);
            var drop = incoming.determine(rules.pref64s(), prefix, packet, time);
            if (drop != NONE) {
                return drop;
            }
            drop = filtering.update(rules, packet, incoming, time, mapping);
            if (drop != NONE) {
                return drop;
            }
            packet.enter(Step.OUTGOING);
            outgoing.compute(rules, packet, incoming, mapping);
            StatefulFindings.ofOutgoing(packet, outgoing, incoming.isFromIpv6());
            fragments.pass(packet, incoming.bothPorts(), time);
            return NONE;
        } finally {
            lock.unlock();
        }
    }

    /** The tuple of the packet that took the steps last. */
    OutgoingTuple outgoing() {
        return outgoing;
    }

    /** The packet that took the steps last has left, or was dropped: those that wait for a first fragment follow it. */
    public void settle(boolean left, long now) {
        if (!fragments.isUnsettled()) {
            return;
        }
        long time = lock.lock(now);
        try {
            released += fragments.settle(left, time);
        } finally {
            lock.unlock();
        }
    }

    /** Moves the next fragment that the last first fragment has released into the packet; false if there is none. */
    public boolean pollReleased(Packet packet, long now) {
        if (released == 0) {
            return false;
        }
        long time = lock.lock(now);
        try {
            boolean polled = fragments.pollReleased(packet, time);
            released = polled ? released - 1 : 0;
            return polled;
        } finally {
            lock.unlock();
        }
    }
}
