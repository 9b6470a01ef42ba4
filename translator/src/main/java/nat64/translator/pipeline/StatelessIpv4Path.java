// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.HOP_LIMIT_EXCEEDED;
import static nat64.translator.packet.DropReason.ILLEGAL_SOURCE;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.TOO_BIG;
import static nat64.translator.packet.DropReason.UDP_WITHOUT_CHECKSUM;
import static nat64.translator.packet.DropReason.UNROUTABLE_IPV4;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_DESTINATION;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_ICMP;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_SOURCE;

import nat64.translator.address.SpecialIpv4;
import nat64.translator.address.StatelessMapping;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv6Tuple;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.packet.TransportPorts;
import nat64.translator.pipeline.SiitSettings.EamHairpinning;
import nat64.translator.translate.Ipv4ToIpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.UdpHeader;

/** The way of a packet from the IPv4 side where addresses alone decide (RFC 7915, section 4; RFC 7757, section 3.3.1). */
final class StatelessIpv4Path implements Path {

    private final StatelessRules rules;
    private final StatelessMapping mapping;
    private final boolean alwaysSimple;
    private final Ipv4ToIpv6 translator;
    private final Ipv6Tuple outgoing = new Ipv6Tuple();
    private final Ipv6Tuple outgoingQuoted = new Ipv6Tuple();

    StatelessIpv4Path(StatelessRules rules, EamHairpinning hairpinning, Ipv4ToIpv6 translator) {
        this.rules = rules;
        this.mapping = rules.mapping();
        this.alwaysSimple = hairpinning == EamHairpinning.SIMPLE;
        this.translator = translator;
    }

    @Override
    public DropReason translate(Packet packet, long now) {
        return translate(packet, alwaysSimple);
    }

    /** For a packet that comes from the IPv6 side and goes back to it. */
    DropReason translateHairpinned(Packet packet, long now) {
        return translate(packet, true);
    }

    /** With {@code simple}, the rules of RFC 7757, section 4.2.1, keep some addresses from their mapping. */
    private DropReason translate(Packet packet, boolean simple) {
        var layers = packet.layers();
        boolean error = layers.isIcmpError();
        if (!error && !Addresses.isLegalSource(layers.sourceIpv4())) {
            return ILLEGAL_SOURCE; // RFC 7915, section 4.1, lets errors pass: a router may have any address
        }
        if (layers.protocol() == IpProtocol.IGMP) {
            return UNTRANSLATABLE_ICMP; // RFC 7915, section 4.2
        }
        boolean sourceAtPref64 =
                simple && (!error || layers.sourceIpv4() == packet.quoted().destinationIpv4());
        var drop = mapAddresses(packet, sourceAtPref64);
        if (drop == NONE) {
            drop = check(packet, error);
        }
        if (drop != NONE) {
            return drop;
        }
        if (error) {
            mapQuoted(packet, simple);
        }
        return translator.translate(packet, outgoing, outgoingQuoted);
    }

    /** All but the addresses. */
    private DropReason check(Packet packet, boolean error) {
        var layers = packet.layers();
        if (layers.hopLimit() <= 1) {
            return HOP_LIMIT_EXCEEDED;
        }
        if (translator.isTooBig(packet)) {
            return TOO_BIG;
        }
        var drop = StatelessRules.checkProtocol(packet, error);
        boolean bare = drop == NONE && lacksChecksum(packet);
        return bare && !mayComputeChecksum(layers) ? UDP_WITHOUT_CHECKSUM : drop;
    }

    private DropReason mapAddresses(Packet packet, boolean sourceAtPref64) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        int source = layers.sourceIpv4();
        int destination = layers.destinationIpv4();
        int sourceRule = sourceAtPref64 ? mapping.pref64Rule() : mapping.rule(source);
        int destinationRule = mapping.rule(destination);
        if (!SpecialIpv4.isRouted(destination)) {
            return UNROUTABLE_IPV4;
        }
        if (!rules.isIpv4Host(sourceRule, source)) {
            return UNTRANSLATABLE_SOURCE;
        }
        long high = mapping.ipv6High(destinationRule, destination);
        long low = mapping.ipv6Low(destinationRule, destination);
        if (!rules.isIpv6Host(destinationRule, high, low)) {
            return UNTRANSLATABLE_DESTINATION;
        }
        outgoing.source(
                        mapping.ipv6High(sourceRule, source),
                        mapping.ipv6Low(sourceRule, source),
                        TransportPorts.source(buffer, layers))
                .destination(high, low, TransportPorts.destination(buffer, layers));
        var drop = rules.checkWellKnown(sourceRule, source);
        return drop == NONE ? rules.checkWellKnown(destinationRule, destination) : drop;
    }

    /** Each address on its own (RFC 7757, section 3.2). */
    private void mapQuoted(Packet packet, boolean simple) {
        var buffer = packet.buffer();
        var quoted = packet.quoted();
        int source = quoted.sourceIpv4();
        int destination = quoted.destinationIpv4();
        int sourceRule = mapping.rule(source);
        int destinationRule = simple ? mapping.pref64Rule() : mapping.rule(destination);
        outgoingQuoted
                .source(
                        mapping.ipv6High(sourceRule, source),
                        mapping.ipv6Low(sourceRule, source),
                        TransportPorts.source(buffer, quoted))
                .destination(
                        mapping.ipv6High(destinationRule, destination),
                        mapping.ipv6Low(destinationRule, destination),
                        TransportPorts.destination(buffer, quoted));
    }

    /** RFC 7915, section 4.5: that of a datagram in fragments can't be computed. */
    private boolean mayComputeChecksum(Layers layers) {
        return rules.settings().computeUdpChecksum() && !layers.isFragment();
    }

    private static boolean lacksChecksum(Packet packet) {
        Layers layers = packet.layers();
        return layers.protocol() == IpProtocol.UDP
                && !layers.isLaterFragment()
                && !packet.hasPartialChecksum()
                && UdpHeader.checksum(packet.buffer(), layers.transport()) == UdpHeader.NO_CHECKSUM;
    }
}
