// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateless;

import static nat64.translator.packet.DropReason.BAD_QUOTED_PACKET;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.UDP_WITHOUT_CHECKSUM;
import static nat64.translator.packet.DropReason.UNSUPPORTED_PROTOCOL;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.UdpHeader;

/** What cannot be translated without state, whatever the addresses. A stateful translator finds it in its tuple. */
final class StatelessChecks {

    private StatelessChecks() {}

    /**
     * Which protocol numbers are not copied to the other IP version, though RFC 7915, section 4.1, copies all: those
     * that would make a header there that no rule has looked at.
     */
    static DropReason ofProtocol(Packet packet) {
        if (packet.layers().hasForeignProtocol()) {
            return UNSUPPORTED_PROTOCOL;
        }
        boolean error = packet.layers().isIcmpError();
        return error && packet.quoted().hasForeignProtocol() ? BAD_QUOTED_PACKET : NONE;
    }

    /** RFC 7915, section 4.5: that of a datagram in fragments can't be computed. */
    static DropReason ofUdpChecksum(Packet packet, StatelessPolicy policy) {
        boolean mayCompute = policy.computeUdpChecksum() && !packet.layers().isFragment();
        return mayCompute || !lacksChecksum(packet) ? NONE : UDP_WITHOUT_CHECKSUM;
    }

    private static boolean lacksChecksum(Packet packet) {
        var layers = packet.layers();
        return layers.protocol() == IpProtocol.UDP
                && !layers.isLaterFragment()
                && !packet.hasPartialChecksum()
                && UdpHeader.checksum(packet.buffer(), layers.transport()) == UdpHeader.NO_CHECKSUM;
    }
}
