// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

/** A host on the link, as far as it is known. Its fields belong to the classes of this package. */
final class Neighbor {

    /** RFC 4861, section 7.3.2; {@code FREE} is a place without a neighbor. */
    enum State {
        FREE,
        INCOMPLETE,
        REACHABLE,
        STALE,
        DELAY,
        PROBE
    }

    State state = State.FREE;
    long high;
    long low;
    long mac;
    long deadline; // of the state, in milliseconds
    long lastUsed;
    int solicitations;
    int firstHeld = HeldPackets.NONE;
    int lastHeld = HeldPackets.NONE;
    int held;

    boolean hasMac() {
        return state != State.FREE && state != State.INCOMPLETE;
    }

    /** Whether an answer of the neighbor is awaited. */
    boolean isSolicited() {
        return state == State.INCOMPLETE || state == State.PROBE;
    }

    boolean is(long otherHigh, long otherLow) {
        return state != State.FREE && low == otherLow && high == otherHigh;
    }

    void enter(State next, long until) {
        state = next;
        deadline = until;
    }
}
