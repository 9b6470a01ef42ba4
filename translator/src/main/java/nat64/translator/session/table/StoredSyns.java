// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.lang.foreign.Arena;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketRing;

/**
 * SYNs from the IPv4 side that wait for one from the IPv6 side: a simultaneous open, or else an ICMP error in the end
 * (RFC 6146, section 3.5.2.2, V4 INIT; RFC 5382, REQ-4). One thread at a time.
 */
public final class StoredSyns {

    /**
     * Octets of the longest SYN that is stored: all headers with all options, and about what an ICMP error may quote.
     */
    static final int LONGEST = 512;

    private static final int NONE = PacketRing.NONE;

    private final PacketRing ring;
    private final int[] keys; // per slot: T, then t above and z below, then Z
    private final HashIndex index;
    private final Hash hash;
    private int size;

    public StoredSyns(Arena arena, int capacity, Hash hash) {
        ring = new PacketRing(arena, capacity, LONGEST);
        keys = new int[capacity * 3];
        this.hash = hash;
        index = new HashIndex(arena, capacity, this::key);
    }

    /**
     * Copies a parsed SYN, which waits until the deadline; one that is stored already is not stored again. False if it
     * is too long or there is no room.
     *
     * @param ports t above, z below
     */
    public boolean store(Packet packet, int ipv4, int ports, int remote, long deadline) {
        if (find(ipv4, ports, remote) != NONE) {
            return true;
        }
        int slot = ring.put(packet, deadline);
        if (slot == NONE) {
            return false;
        }
        keys[slot * 3] = ipv4;
        keys[slot * 3 + 1] = ports;
        keys[slot * 3 + 2] = remote;
        index.put(key(slot), slot);
        size++;
        return true;
    }

    /**
     * The counterpart of a SYN has come and opened a session: the SYN is forgotten (RFC 5382, REQ-4). False if there
     * was none.
     */
    public boolean discard(SessionTable sessions, int row) {
        int ports = (sessions.ipv4Port(row) << 16) | sessions.remotePort(row);
        int slot = find(sessions.ipv4(row), ports, sessions.remote(row));
        if (slot == NONE) {
            return false;
        }
        index.remove(key(slot), slot);
        ring.forget(slot);
        size--;
        return true;
    }

    /** Puts the next SYN that has waited in vain into the packet, not parsed yet; false if there is none now. */
    public boolean pollUnanswered(long now, Packet packet) {
        int slot = ring.due(now);
        if (slot == NONE) {
            return false;
        }
        index.remove(key(slot), slot);
        ring.takeOut(slot, packet);
        size--;
        return true;
    }

    /** How many wait. */
    public int size() {
        return size;
    }

    private int find(int ipv4, int ports, int remote) {
        int key = hash.of(ipv4, ports, remote);
        for (int at = index.first(key); at != HashIndex.NONE; at = index.next(key, at)) {
            int slot = index.row(at);
            if (keys[slot * 3] == ipv4 && keys[slot * 3 + 1] == ports && keys[slot * 3 + 2] == remote) {
                return slot;
            }
        }
        return NONE;
    }

    private int key(int slot) {
        return hash.of(keys[slot * 3], keys[slot * 3 + 1], keys[slot * 3 + 2]);
    }
}
