// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.BAD_QUOTED_PACKET;
import static nat64.translator.packet.DropReason.CLIENT_NOT_ALLOWED;
import static nat64.translator.packet.DropReason.HOP_LIMIT_EXCEEDED;
import static nat64.translator.packet.DropReason.ILLEGAL_SOURCE;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.TOO_BIG;
import static nat64.translator.packet.DropReason.UNROUTABLE_IPV4;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_DESTINATION;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_ICMP;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_SOURCE;

import nat64.translator.address.SpecialIpv4;
import nat64.translator.address.StatelessMapping;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv4Tuple;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.packet.TransportPorts;
import nat64.translator.translate.InterfaceInformation;
import nat64.translator.translate.Ipv6ToIpv4;
import nat64.translator.wire.IpProtocol;

/** The way of a packet from the IPv6 side where addresses alone decide (RFC 7915, section 5; RFC 7757, section 3.3.2). */
final class StatelessIpv6Path implements Path {

    private final StatelessRules rules;
    private final StatelessMapping mapping;
    private final IcmpSources icmpSources;
    private final Ipv6ToIpv4 translator;
    private final InterfaceInformation interfaceInformation = new InterfaceInformation();
    private final Ipv4Tuple outgoing = new Ipv4Tuple();
    private final Ipv4Tuple outgoingQuoted = new Ipv4Tuple();
    private int source;
    private int destination;
    private boolean sourceBorrowed;
    private boolean forIpv6Host;

    StatelessIpv6Path(StatelessRules rules, IcmpSources icmpSources, Ipv6ToIpv4 translator) {
        this.rules = rules;
        this.mapping = rules.mapping();
        this.icmpSources = icmpSources;
        this.translator = translator;
    }

    @Override
    public DropReason translate(Packet packet, long now) {
        var layers = packet.layers();
        boolean error = layers.isIcmpError();
        var drop = check(packet, error);
        if (drop == NONE && error) {
            drop = mapQuoted(packet);
        }
        if (drop != NONE) {
            return drop;
        }
        outgoing.set(
                source,
                TransportPorts.source(packet.buffer(), layers),
                destination,
                TransportPorts.destination(packet.buffer(), layers));
        long high = layers.sourceHigh();
        long low = layers.sourceLow();
        drop = translator.translate(packet, outgoing, outgoingQuoted);
        if (drop == NONE && sourceBorrowed && rules.settings().interfaceInformation()) {
            interfaceInformation.append(packet, high, low);
        }
        return drop;
    }

    /** RFC 7757, section 4.2.2: whether the packet that was translated last is to be hairpinned. */
    boolean isForIpv6Host() {
        return forIpv6Host;
    }

    /** All but the quoted packet. */
    private DropReason check(Packet packet, boolean error) {
        var layers = packet.layers();
        var drop = mapSource(layers, error);
        if (drop == NONE) {
            drop = mapDestination(layers);
        }
        if (drop == NONE && layers.hopLimit() <= 1) {
            drop = HOP_LIMIT_EXCEEDED;
        }
        if (drop == NONE && translator.isTooBig(packet)) {
            drop = TOO_BIG;
        }
        if (drop == NONE && layers.protocol() == IpProtocol.IGMP) {
            drop = UNTRANSLATABLE_ICMP;
        }
        return drop == NONE ? StatelessRules.checkProtocol(packet, error) : drop;
    }

    private DropReason mapSource(Layers layers, boolean error) {
        long high = layers.sourceHigh();
        long low = layers.sourceLow();
        if (!Addresses.isLegalSource(high, low)) {
            return ILLEGAL_SOURCE;
        }
        int rule = mapping.rule(high, low);
        sourceBorrowed = rule == StatelessMapping.NONE;
        if (sourceBorrowed && !error) {
            return UNTRANSLATABLE_SOURCE;
        }
        if (sourceBorrowed) {
            source = icmpSources.pick();
            return NONE;
        }
        if (!rules.isIpv6Host(rule, high, low)) {
            return CLIENT_NOT_ALLOWED;
        }
        source = mapping.ipv4(rule, high, low);
        return Addresses.isLegalSource(source) ? rules.checkWellKnown(rule, source) : ILLEGAL_SOURCE;
    }

    private DropReason mapDestination(Layers layers) {
        long high = layers.destinationHigh();
        long low = layers.destinationLow();
        int rule = mapping.rule(high, low);
        if (rule == StatelessMapping.NONE) {
            return UNTRANSLATABLE_DESTINATION;
        }
        destination = mapping.ipv4(rule, high, low);
        if (!SpecialIpv4.isRouted(destination)) {
            return UNROUTABLE_IPV4;
        }
        if (!rules.isIpv4Host(rule, destination)) {
            return UNTRANSLATABLE_DESTINATION;
        }
        forIpv6Host = !mapping.isEam(rule) && mapping.isEam(mapping.rule(destination));
        return rules.checkWellKnown(rule, destination);
    }

    /** Each address on its own (RFC 7757, section 3.2). */
    private DropReason mapQuoted(Packet packet) {
        var quoted = packet.quoted();
        int sourceRule = mapping.rule(quoted.sourceHigh(), quoted.sourceLow());
        int destinationRule = mapping.rule(quoted.destinationHigh(), quoted.destinationLow());
        if (sourceRule == StatelessMapping.NONE || destinationRule == StatelessMapping.NONE) {
            return BAD_QUOTED_PACKET;
        }
        int quotedSource = mapping.ipv4(sourceRule, quoted.sourceHigh(), quoted.sourceLow());
        outgoingQuoted.set(
                quotedSource,
                TransportPorts.source(packet.buffer(), quoted),
                mapping.ipv4(destinationRule, quoted.destinationHigh(), quoted.destinationLow()),
                TransportPorts.destination(packet.buffer(), quoted));
        forIpv6Host = !mapping.isEam(sourceRule) && mapping.isEam(mapping.rule(quotedSource));
        return NONE;
    }
}
