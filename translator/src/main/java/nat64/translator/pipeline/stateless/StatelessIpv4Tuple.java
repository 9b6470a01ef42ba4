// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateless;

import static nat64.translator.packet.DropReason.BAD_QUOTED_PACKET;
import static nat64.translator.packet.DropReason.CLIENT_NOT_ALLOWED;
import static nat64.translator.packet.DropReason.ILLEGAL_SOURCE;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.UNROUTABLE_IPV4;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_DESTINATION;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_SOURCE;

import nat64.translator.address.SpecialIpv4;
import nat64.translator.address.StatelessMapping;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv4Tuple;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.packet.TransportPorts;

/**
 * The IPv4 addresses of a packet from the IPv6 side, and of the packet that it quotes (RFC 7915, section 5.1; RFC 7757,
 * section 3.3.2). One per worker, filled by {@link #map} for each packet.
 */
final class StatelessIpv4Tuple {

    private final Ipv4Tuple outgoing = new Ipv4Tuple();
    private final Ipv4Tuple quoted = new Ipv4Tuple();
    private int sourceRule;
    private int destinationRule;
    private int source;
    private int destination;
    private boolean sourceBorrowed;
    private boolean forIpv6Host;

    /** Finds the addresses, or the reason why the packet is not translated; then nothing else here is valid. */
    DropReason map(Packet packet, StatelessRules rules) {
        var layers = packet.layers();
        sourceRule = rules.mapping().rule(layers.sourceHigh(), layers.sourceLow());
        destinationRule = rules.mapping().rule(layers.destinationHigh(), layers.destinationLow());
        var drop = mapSource(layers, rules);
        if (drop != NONE) {
            return drop;
        }
        drop = mapDestination(layers, rules);
        if (drop != NONE) {
            return drop;
        }
        var buffer = packet.buffer();
        outgoing.set(
                source, TransportPorts.source(buffer, layers), destination, TransportPorts.destination(buffer, layers));
        return layers.isIcmpError() ? mapQuoted(packet, rules.mapping()) : NONE;
    }

    /** The rule that maps the source, or {@link StatelessMapping#NONE}. */
    int sourceRule() {
        return sourceRule;
    }

    /** The rule that maps the destination, or {@link StatelessMapping#NONE}. */
    int destinationRule() {
        return destinationRule;
    }

    /** Addresses and ports of the translated packet; without a source if it {@link #lacksSource}. */
    Ipv4Tuple outgoing() {
        return outgoing;
    }

    /** Addresses and ports of the quoted packet; valid for ICMP errors. */
    Ipv4Tuple quoted() {
        return quoted;
    }

    /** Whether the packet is an ICMP error of a router without IPv4 address (RFC 6791). */
    boolean lacksSource() {
        return sourceBorrowed;
    }

    /** Sets the source that was lacking. */
    void borrow(int address) {
        outgoing.set(address, outgoing.sourcePort(), outgoing.destination(), outgoing.destinationPort());
    }

    /** RFC 7757, section 4.2.2: whether the packet is to be hairpinned. */
    boolean isForIpv6Host() {
        return forIpv6Host;
    }

    private DropReason mapSource(Layers layers, StatelessRules rules) {
        long high = layers.sourceHigh();
        long low = layers.sourceLow();
        int rule = sourceRule;
        sourceBorrowed = rule == StatelessMapping.NONE && layers.isIcmpError();
        if (rule == StatelessMapping.NONE) {
            source = 0;
            return sourceBorrowed ? NONE : UNTRANSLATABLE_SOURCE;
        }
        if (!rules.isIpv6Host(rule, high, low)) {
            return CLIENT_NOT_ALLOWED;
        }
        source = rules.mapping().ipv4(rule, high, low);
        return SpecialIpv4.isRouted(source) ? rules.checkWellKnown(rule, source) : ILLEGAL_SOURCE;
    }

    private DropReason mapDestination(Layers layers, StatelessRules rules) {
        var mapping = rules.mapping();
        long high = layers.destinationHigh();
        long low = layers.destinationLow();
        int rule = destinationRule;
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
    private DropReason mapQuoted(Packet packet, StatelessMapping mapping) {
        var layers = packet.quoted();
        int sourceRule = mapping.rule(layers.sourceHigh(), layers.sourceLow());
        int destinationRule = mapping.rule(layers.destinationHigh(), layers.destinationLow());
        if (sourceRule == StatelessMapping.NONE || destinationRule == StatelessMapping.NONE) {
            return BAD_QUOTED_PACKET;
        }
        int quotedSource = mapping.ipv4(sourceRule, layers.sourceHigh(), layers.sourceLow());
        quoted.set(
                quotedSource,
                TransportPorts.source(packet.buffer(), layers),
                mapping.ipv4(destinationRule, layers.destinationHigh(), layers.destinationLow()),
                TransportPorts.destination(packet.buffer(), layers));
        forIpv6Host = !mapping.isEam(sourceRule) && mapping.isEam(mapping.rule(quotedSource));
        return NONE;
    }
}
