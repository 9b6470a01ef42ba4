// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.lang.foreign.MemorySegment;

/** How the hosts of a link tell each other their MAC addresses: ARP for IPv4, neighbor discovery for IPv6. */
sealed interface AddressResolution permits Arp, NeighborDiscovery {

    /** Bytes of the longest frame that is written. */
    int LONGEST_FRAME = 128;

    /**
     * Writes a frame that asks who has an address.
     *
     * @param mac of the neighbor if it is to confirm what it has told before, or {@link MacAddress#BROADCAST}
     * @return bytes of the frame
     */
    int solicit(MemorySegment frame, long high, long low, long mac);

    /**
     * Reads a message of a neighbor into the cache, and writes the answer if one is due; a malformed message is
     * ignored.
     *
     * @return bytes of the answer, or 0
     */
    int receive(MemorySegment frame, int length, MemorySegment answer, long now);
}
