// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import nat64.translator.packet.Packet;
import nat64.translator.packet.Step;

/** Words for the trace of a packet, the same in every mode. They cost a branch while a packet is not explained. */
public final class Findings {

    private Findings() {}

    /** How a packet was translated that had so many bytes before. */
    public static void ofTranslation(Packet packet, int length) {
        var trace = packet.trace();
        if (trace != null) {
            int version = packet.layers().version();
            trace.find(
                    Step.TRANSLATION,
                    "IPv%d with %d bytes becomes IPv%d with %d bytes",
                    version == 6 ? 4 : 6,
                    length,
                    version,
                    packet.length());
        }
    }

    /** A later fragment is dropped because of the first one. */
    static void ofFirstFragment(Packet packet) {
        var trace = packet.trace();
        if (trace != null) {
            trace.find(Step.HEADERS, "the first fragment of this datagram was dropped for the same reason");
        }
    }

    /** What {@link Preliminaries} have found. */
    static void ofPreliminaries(Packet packet, boolean tooBig) {
        var trace = packet.trace();
        if (trace != null) {
            int hopLimit = packet.layers().hopLimit();
            trace.find(Step.HOP_LIMIT, "%d, after translation %d", hopLimit, hopLimit - 1);
            trace.find(
                    Step.SIZE,
                    "%d bytes %s",
                    packet.lengthOnWire(),
                    tooBig ? "are too many for the next link" : "fit the next link, or may be fragmented");
        }
    }
}
