// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

/** The ports that rest before they are given out again, in the order in which they were released. One thread. */
final class RestingPorts {

    private static final int PORT_BITS = 16;

    private final PortAllocator allocator;
    private final long timeMillis;
    private final long[] ports; // index of the address above, port below
    private final long[] deadlines;
    private int oldest;
    private int size;

    RestingPorts(PortAllocator allocator, PortHold hold) {
        this.allocator = allocator;
        timeMillis = hold.time().toMillis();
        int capacity = timeMillis == 0 ? 0 : hold.ports();
        ports = new long[capacity];
        deadlines = new long[capacity];
    }

    /** Lays a port to rest, and lets one go that has rested longest if there is no room. */
    void add(int addressIndex, int port, long now) {
        if (ports.length == 0) {
            allocator.release(addressIndex, port);
            return;
        }
        if (size == ports.length) {
            releaseOldest();
        }
        int at = (oldest + size++) % ports.length;
        ports[at] = ((long) addressIndex << PORT_BITS) | port;
        deadlines[at] = now + timeMillis;
    }

    /** Lets those go that have rested long enough. */
    void release(long now) {
        while (size > 0 && deadlines[oldest] - now <= 0) {
            releaseOldest();
        }
    }

    private void releaseOldest() {
        allocator.release((int) (ports[oldest] >>> PORT_BITS), (int) ports[oldest] & 0xffff);
        oldest = (oldest + 1) % ports.length;
        size--;
    }
}
