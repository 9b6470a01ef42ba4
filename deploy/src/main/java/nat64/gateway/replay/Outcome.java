// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.List;
import nat64.translator.packet.DropReason;

/**
 * What became of one packet: translated, or dropped.
 *
 * @param fromIpv6 the side that it was counted for
 * @param drop why it was dropped; NONE if it was translated
 * @param sent all that was sent because of it, to either side
 */
record Outcome(boolean fromIpv6, DropReason drop, List<byte[]> sent) {

    boolean isDropped() {
        return drop != DropReason.NONE;
    }

    /** The value of {@code direction} on counters. */
    String direction() {
        return direction(fromIpv6);
    }

    static String direction(boolean fromIpv6) {
        return fromIpv6 ? "from_ipv6" : "from_ipv4";
    }

    /** The counter that it moved, with its labels. */
    String counter() {
        return isDropped()
                ? "nat64_dropped_packets_total{direction=\"" + direction() + "\",reason=\"" + drop.label() + "\"}"
                : "nat64_translated_packets_total{direction=\"" + direction() + "\"}";
    }
}
