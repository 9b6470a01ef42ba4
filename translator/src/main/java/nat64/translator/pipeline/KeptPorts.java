// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Layers;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Octets;

/** The ports that a packet has and keeps: stateless translation changes none. 0 where there are none to see. */
final class KeptPorts {

    private KeptPorts() {}

    /** The source port, or the identifier of an ICMP query. */
    static int source(MemorySegment buffer, Layers layers) {
        if (layers.isLaterFragment()) {
            return 0;
        }
        if (layers.isIcmp()) {
            return Octets.u16(buffer, layers.transport() + (long) IcmpHeader.IDENTIFIER);
        }
        return layers.hasPorts() ? layers.sourcePort(buffer) : 0;
    }

    static int destination(MemorySegment buffer, Layers layers) {
        return layers.hasPorts() && !layers.isLaterFragment() ? layers.destinationPort(buffer) : 0;
    }
}
