// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketRing;
import nat64.translator.session.table.Hash;
import nat64.translator.session.table.HashIndex;

/**
 * SYNs from the IPv4 side that wait for one from the IPv6 side: a simultaneous open, or else an ICMP error in the end
 * (RFC 6146, section 3.5.2.2, V4 INIT; RFC 5382, REQ-4). One thread at a time.
 */
final class StoredSyns {

    /** Octets of the longest SYN that is stored: all headers with all options, and about what an ICMP error may quote. */
    static final int LONGEST = 512;

    private static final int NONE = PacketRing.NONE;

    private final PacketRing ring;
    private final int[] keys; // per slot: T, then t above and z below, then Z
    private final HashIndex index;
    private final Hash hash;

    StoredSyns(Arena arena, int capacity, long lifetimeMillis, Hash hash) {
        ring = new PacketRing(arena, capacity, LONGEST, lifetimeMillis);
        keys = new int[capacity * 3];
        this.hash = hash;
        index = new HashIndex(arena, capacity, this::key);
    }

    boolean contains(int ipv4, int ipv4Port, int remote, int remotePort) {
        return find(ipv4, (ipv4Port << 16) | remotePort, remote) != NONE;
    }

    /** Copies a parsed SYN; false if it is too long or there is no room. */
    boolean store(Packet packet, int ipv4Port, int remotePort, long now) {
        int slot = ring.put(packet, now);
        if (slot == NONE) {
            return false;
        }
        keys[slot * 3] = packet.layers().destinationIpv4();
        keys[slot * 3 + 1] = (ipv4Port << 16) | remotePort;
        keys[slot * 3 + 2] = packet.layers().sourceIpv4();
        index.put(key(slot), slot);
        return true;
    }

    /** Its counterpart has come: the SYN is forgotten (RFC 5382, REQ-4). False if there was none. */
    boolean discard(int ipv4, int ipv4Port, int remote, int remotePort) {
        int slot = find(ipv4, (ipv4Port << 16) | remotePort, remote);
        if (slot == NONE) {
            return false;
        }
        index.remove(key(slot), slot);
        ring.forget(slot);
        return true;
    }

    /** Puts the next SYN that has waited in vain into the packet, not parsed yet; false if there is none now. */
    boolean pollUnanswered(long now, Packet packet) {
        int slot = ring.due(now);
        if (slot == NONE) {
            return false;
        }
        index.remove(key(slot), slot);
        ring.takeOut(slot, packet);
        return true;
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
