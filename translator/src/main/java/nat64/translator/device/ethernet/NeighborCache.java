// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import nat64.translator.device.ethernet.Neighbor.State;
import org.jspecify.annotations.Nullable;

/**
 * The neighbors of a link and what is known of each: the state machine of RFC 4861, section 7.3, for ARP too. Bounded:
 * an address that nobody answers for holds its place for three seconds, and only some such addresses are resolved at a
 * time, so that a scan does not drive out the neighbors that are there.
 */
final class NeighborCache {

    /** RFC 4861, section 10. */
    static final int RETRANS_TIMER_MILLIS = 1000;

    static final int MAX_SOLICITATIONS = 3;
    static final int REACHABLE_TIME_MILLIS = 30_000;
    static final int DELAY_FIRST_PROBE_MILLIS = 5000;

    static final int CAPACITY = 4096;
    static final int MOST_INCOMPLETE = 256;

    /** What a state change asks for. */
    interface Listener {

        /** Asks for the neighbor's MAC address: all hosts, or the neighbor itself if its MAC address is known. */
        void solicit(Neighbor neighbor);

        /** The MAC address has become known: what waits for it can be sent. */
        void resolved(Neighbor neighbor);

        /** No answer has come: what waits can't be sent. */
        void failed(Neighbor neighbor);
    }

    private final NeighborTable table;
    private final Listener listener;
    private int incomplete;

    NeighborCache(long seed, Listener listener) {
        table = new NeighborTable(CAPACITY, seed);
        this.listener = listener;
    }

    /** What is known of an address, or null. */
    @Nullable
    Neighbor find(long high, long low) {
        return table.find(high, low);
    }

    /** The neighbor that a packet is to be sent to, resolved if need be; null if there is no place for it. */
    @Nullable
    Neighbor use(long high, long low, long now) {
        var neighbor = table.find(high, low);
        if (neighbor == null) {
            return resolve(high, low, now);
        }
        neighbor.lastUsed = now;
        if (neighbor.state == State.STALE) {
            neighbor.enter(State.DELAY, now + DELAY_FIRST_PROBE_MILLIS);
        }
        return neighbor;
    }

    /**
     * A neighbor has told its MAC address unasked, in a solicitation of its own (RFC 4861, section 7.2.3; RFC 826).
     *
     * @param create whether a neighbor that is not known yet is remembered
     */
    void heard(long high, long low, long mac, boolean create, long now) {
        var neighbor = table.find(high, low);
        if (neighbor == null && create) {
            neighbor = table.claim(high, low);
            if (neighbor != null) {
                neighbor.lastUsed = now;
                neighbor.mac = mac;
                neighbor.enter(State.STALE, now);
            }
        } else if (neighbor != null && (!neighbor.hasMac() || neighbor.mac != mac)) {
            learn(neighbor, mac, State.STALE, now);
        }
    }

    /**
     * A neighbor advertisement or an ARP reply (RFC 4861, section 7.2.5).
     *
     * @param mac of the neighbor, or {@link MacAddress#BROADCAST} if the message has none
     */
    void advertised(Neighbor neighbor, long mac, boolean solicited, boolean override, long now) {
        boolean hasMac = mac != MacAddress.BROADCAST;
        if (!neighbor.hasMac()) {
            if (hasMac) {
                learn(neighbor, mac, solicited ? State.REACHABLE : State.STALE, now);
            }
            return;
        }
        boolean other = hasMac && mac != neighbor.mac;
        if (other && !override) {
            if (neighbor.state == State.REACHABLE) {
                neighbor.enter(State.STALE, now);
            }
        } else if (solicited) {
            learn(neighbor, hasMac ? mac : neighbor.mac, State.REACHABLE, now);
        } else if (other) {
            learn(neighbor, mac, State.STALE, now);
        }
    }

    /** Takes the steps that are due: solicits again, forgets who does not answer. */
    void expire(long now) {
        table.forEachDue(now, neighbor -> expire(neighbor, now));
    }

    private void expire(Neighbor neighbor, long now) {
        switch (neighbor.state) {
            case REACHABLE -> neighbor.enter(State.STALE, now);
            case DELAY -> {
                neighbor.solicitations = 0;
                neighbor.state = State.PROBE;
                solicit(neighbor, now);
            }
            case INCOMPLETE, PROBE -> {
                if (neighbor.solicitations < MAX_SOLICITATIONS) {
                    solicit(neighbor, now);
                } else {
                    forget(neighbor);
                }
            }
            case FREE, STALE -> {}
        }
    }

    private @Nullable Neighbor resolve(long high, long low, long now) {
        var neighbor = incomplete < MOST_INCOMPLETE ? table.claim(high, low) : null;
        if (neighbor != null) {
            incomplete++;
            neighbor.lastUsed = now;
            neighbor.solicitations = 0;
            neighbor.state = State.INCOMPLETE;
            solicit(neighbor, now);
        }
        return neighbor;
    }

    private void solicit(Neighbor neighbor, long now) {
        neighbor.solicitations++;
        neighbor.deadline = now + RETRANS_TIMER_MILLIS;
        listener.solicit(neighbor);
    }

    private void learn(Neighbor neighbor, long mac, State state, long now) {
        boolean resolved = neighbor.state == State.INCOMPLETE;
        neighbor.mac = mac;
        neighbor.enter(state, now + REACHABLE_TIME_MILLIS);
        if (resolved) {
            incomplete--;
            listener.resolved(neighbor);
        }
    }

    private void forget(Neighbor neighbor) {
        if (neighbor.state == State.INCOMPLETE) {
            incomplete--;
            listener.failed(neighbor);
        }
        neighbor.state = State.FREE;
    }
}
