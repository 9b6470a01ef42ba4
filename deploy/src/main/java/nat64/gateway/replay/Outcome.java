// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.List;
import nat64.translator.packet.DropReason;

/**
 * What became of one packet.
 *
 * @param verdict what the translator's counters say
 * @param fromIpv6 the side that it was counted for
 * @param drop why it was dropped; NONE of one that was not
 * @param sent all that was sent because of it, to either side
 */
record Outcome(Verdict verdict, boolean fromIpv6, DropReason drop, List<byte[]> sent) {

    enum Verdict {
        TRANSLATED,
        DROPPED,
        /** Neither: the translator keeps it, or has used it up. */
        KEPT
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
        return switch (verdict) {
            case TRANSLATED -> "nat64_translated_packets_total{direction=\"" + direction() + "\"}";
            case DROPPED ->
                "nat64_dropped_packets_total{direction=\"" + direction() + "\",reason=\"" + drop.label() + "\"}";
            case KEPT -> "none";
        };
    }
}
