// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.HOP_LIMIT_EXCEEDED;
import static nat64.translator.packet.DropReason.ILLEGAL_SOURCE;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.TOO_BIG;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_ICMP;

import nat64.translator.address.SpecialIpv4;
import nat64.translator.address.SpecialIpv6;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Step;
import nat64.translator.wire.IpProtocol;

/**
 * What is checked of every packet before it is translated and before it touches a table. This is the only place that
 * knows the order of these checks; it is the same in every mode and in both directions.
 */
public final class Preliminaries {

    private Preliminaries() {}

    /**
     * Checks a parsed packet.
     *
     * @param addresses what the mode says about the addresses: NONE, or why they are not translated
     * @param tooBig whether the next link is too small for the packet, which may not be fragmented
     */
    public static DropReason check(Packet packet, DropReason addresses, boolean tooBig) {
        var drop = checkInOrder(packet, addresses, tooBig);
        Findings.ofPreliminaries(packet, tooBig);
        return drop;
    }

    private static DropReason checkInOrder(Packet packet, DropReason addresses, boolean tooBig) {
        var layers = packet.layers();
        packet.enter(Step.ADDRESSES);
        if (!hasLegalSource(layers)) {
            return ILLEGAL_SOURCE;
        }
        if (layers.protocol() == IpProtocol.IGMP) {
            return UNTRANSLATABLE_ICMP; // RFC 7915, section 4.2: silently; it goes to groups, and its TTL is 1
        }
        if (addresses != NONE) {
            return addresses;
        }
        packet.enter(Step.HOP_LIMIT);
        if (layers.hopLimit() <= 1) {
            return HOP_LIMIT_EXCEEDED;
        }
        packet.enter(Step.SIZE);
        return tooBig ? TOO_BIG : NONE;
    }

    private static boolean hasLegalSource(Layers layers) {
        if (layers.version() == 6) {
            return SpecialIpv6.isRouted(layers.sourceHigh(), layers.sourceLow());
        }
        // RFC 7915, section 4.1, lets errors pass: a router may have any address
        return layers.isIcmpError() || SpecialIpv4.isRouted(layers.sourceIpv4());
    }
}
