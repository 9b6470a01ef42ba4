// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.lang.foreign.MemorySegment;
import nat64.translator.wire.IcmpHeader;

/**
 * The ports in the transport header of a packet: what stateless translation keeps. 0 where the packet has none: in a
 * later fragment, and with protocols other than TCP, UDP and ICMP.
 */
public final class TransportPorts {

    private TransportPorts() {}

    /** The source port, or the identifier of an ICMP query. */
    public static int source(MemorySegment buffer, Layers layers) {
        if (layers.isLaterFragment()) {
            return 0;
        }
        if (layers.isIcmp()) {
            return IcmpHeader.identifier(buffer, layers.transport());
        }
        return layers.hasPorts() ? layers.sourcePort(buffer) : 0;
    }

    /** The destination port; 0 in an ICMP query. */
    public static int destination(MemorySegment buffer, Layers layers) {
        return layers.hasPorts() && !layers.isLaterFragment() ? layers.destinationPort(buffer) : 0;
    }
}
