// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.List;
import nat64.gateway.replay.Outcome.Verdict;

/**
 * What a packet became, in words.
 *
 * @param pieces nothing if it was dropped or kept
 */
record SentPackets(PacketView packet, List<PacketView> pieces) {

    static SentPackets of(PacketView packet, Outcome outcome) {
        return new SentPackets(
                packet,
                outcome.verdict() == Verdict.DROPPED
                        ? List.of()
                        : outcome.sent().stream().map(PacketView::of).toList());
    }

    /**
     * How it was translated.
     *
     * @param turnedAround why it went back to the side that it came from, if it did
     */
    String translation(String turnedAround) {
        if (pieces.isEmpty()) {
            return "";
        }
        var first = pieces.getFirst();
        var sizes = "IPv%d with %d octets becomes IPv%d with %s octets"
                .formatted(
                        packet.version(),
                        packet.length(),
                        first.version(),
                        String.join(
                                " + ",
                                pieces.stream()
                                        .map(piece -> String.valueOf(piece.length()))
                                        .toList()));
        if (first.version() == packet.version()) {
            return sizes + "; " + turnedAround;
        }
        if (pieces.size() > 1) {
            return sizes
                    + (packet.isFragment()
                            ? ": with the fragments that waited for it (RFC 6146, section 3.4)"
                            : ": cut to the MTU (RFC 7915, section 4)");
        }
        return sizes + first.fragment();
    }

    /** From where to where it goes on. */
    String way() {
        return pieces.stream()
                .findFirst()
                .flatMap(PacketView::outer)
                .map(tuple -> tuple.sourceText() + " to " + tuple.destinationText())
                .orElse("");
    }
}
