// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.List;
import java.util.Optional;
import nat64.translator.packet.Counters.Forwarded;
import nat64.translator.packet.DropReason;

/**
 * What became of one packet: translated, or dropped.
 *
 * @param fromIpv6 the side that it was counted for
 * @param drop why it was dropped; NONE if it was translated
 * @param counted as what it was counted; empty if it was dropped
 * @param sent all that was sent because of it, to either side
 */
record Outcome(boolean fromIpv6, DropReason drop, Optional<Forwarded> counted, List<byte[]> sent) {

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
        return counted.map(as -> "nat64_translated_packets_total{direction=\"%s\",protocol=\"%s\",path=\"%s\"}"
                        .formatted(direction(), as.protocol().label(), as.path().label()))
                .orElseGet(() -> "nat64_dropped_packets_total{direction=\"%s\",reason=\"%s\"}"
                        .formatted(direction(), drop.label()));
    }
}
