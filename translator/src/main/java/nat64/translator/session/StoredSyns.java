// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;

/**
 * SYNs from the IPv4 side that wait for one from the IPv6 side: a simultaneous open, or else an ICMP error in the end
 * (RFC 6146, section 3.5.2.2, V4 INIT; RFC 5382, REQ-4). All wait equally long, so they form a ring; when it is full, no
 * other SYN is stored until one leaves. One thread.
 */
final class StoredSyns {

    /** Octets of the longest SYN that is stored: all headers with all options, and more than an ICMP error may quote. */
    static final int LONGEST = 512;

    private static final int NONE = HashIndex.NONE;
    private static final int STRIDE = 32 + LONGEST;
    private static final int IPV4 = 0;
    private static final int REMOTE = 4;
    private static final int PORTS = 8; // t above, z below
    private static final int LENGTH = 12; // 0 once its counterpart has come
    private static final int DEADLINE = 16;
    private static final int OCTETS = 32;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final MemorySegment memory;
    private final int capacity;
    private final long lifetimeMillis;
    private final HashIndex index;
    private final Hash hash;
    private int oldest;
    private int size;

    StoredSyns(Arena arena, int capacity, long lifetimeMillis, Hash hash) {
        memory = arena.allocate((long) STRIDE * capacity, 64);
        this.capacity = capacity;
        this.lifetimeMillis = lifetimeMillis;
        this.hash = hash;
        index = new HashIndex(arena, capacity, this::key);
    }

    boolean contains(int ipv4, int ipv4Port, int remote, int remotePort) {
        return find(ipv4, (ipv4Port << 16) | remotePort, remote) != NONE;
    }

    /** Copies a parsed SYN; false if it is too long or there is no room. */
    boolean store(Packet packet, int ipv4Port, int remotePort, long now) {
        if (size == capacity || packet.length() > LONGEST) {
            return false;
        }
        int row = (oldest + size++) % capacity;
        long at = at(row);
        Layers layers = packet.layers();
        memory.set(INT, at + IPV4, layers.destinationIpv4());
        memory.set(INT, at + REMOTE, layers.sourceIpv4());
        memory.set(INT, at + PORTS, (ipv4Port << 16) | remotePort);
        memory.set(INT, at + LENGTH, packet.length());
        memory.set(LONG, at + DEADLINE, now + lifetimeMillis);
        MemorySegment.copy(packet.buffer(), packet.start(), memory, at + OCTETS, packet.length());
        index.put(key(row), row);
        return true;
    }

    /** Its counterpart has come: the SYN is forgotten (RFC 5382, REQ-4). False if there was none. */
    boolean discard(int ipv4, int ipv4Port, int remote, int remotePort) {
        int row = find(ipv4, (ipv4Port << 16) | remotePort, remote);
        if (row == NONE) {
            return false;
        }
        forget(row);
        return true;
    }

    /** Puts the next SYN that has waited in vain into the packet, not parsed yet; false if there is none now. */
    boolean pollUnanswered(long now, Packet packet) {
        while (size > 0 && memory.get(LONG, at(oldest) + DEADLINE) - now <= 0) {
            int row = oldest;
            oldest = (oldest + 1) % capacity;
            size--;
            int length = memory.get(INT, at(row) + LENGTH);
            if (length > 0) {
                forget(row);
                packet.received(length);
                MemorySegment.copy(memory, at(row) + OCTETS, packet.buffer(), packet.start(), length);
                return true;
            }
        }
        return false;
    }

    private void forget(int row) {
        index.remove(key(row), row);
        memory.set(INT, at(row) + LENGTH, 0);
    }

    private int find(int ipv4, int ports, int remote) {
        int key = hash.of(ipv4, ports, remote);
        for (int slot = index.first(key); slot != NONE; slot = index.next(key, slot)) {
            int row = index.row(slot);
            long at = at(row);
            if (memory.get(INT, at + REMOTE) == remote
                    && memory.get(INT, at + PORTS) == ports
                    && memory.get(INT, at + IPV4) == ipv4) {
                return row;
            }
        }
        return NONE;
    }

    private int key(int row) {
        long at = at(row);
        return hash.of(memory.get(INT, at + IPV4), memory.get(INT, at + PORTS), memory.get(INT, at + REMOTE));
    }

    private static long at(int row) {
        return (long) row * STRIDE;
    }
}
