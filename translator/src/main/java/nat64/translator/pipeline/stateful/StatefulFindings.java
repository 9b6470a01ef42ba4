// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateful;

import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64s;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Step;
import nat64.translator.session.OutgoingTuple;
import nat64.translator.session.SessionRules;

/** Words for the trace of a packet: how its destination was found to be translated, or not. */
final class StatefulFindings {

    private StatefulFindings() {}

    static void ofDestination(Packet packet, SessionRules rules) {
        var trace = packet.trace();
        if (trace != null) {
            trace.find(
                    Step.ADDRESSES,
                    "%s",
                    packet.layers().version() == 6 ? ofIpv6(packet, rules) : ofIpv4(packet, rules));
        }
    }

    static void ofOutgoing(Packet packet, OutgoingTuple outgoing, boolean toIpv4) {
        var trace = packet.trace();
        if (trace == null) {
            return;
        }
        var ipv4 = outgoing.ipv4();
        var ipv6 = outgoing.ipv6();
        trace.find(
                Step.OUTGOING,
                toIpv4 ? "%s:%d to %s:%d" : "[%s]:%d to [%s]:%d",
                toIpv4 ? Ipv4Address.format(ipv4.source()) : new Ipv6Address(ipv6.sourceHigh(), ipv6.sourceLow()),
                toIpv4 ? ipv4.sourcePort() : ipv6.sourcePort(),
                toIpv4
                        ? Ipv4Address.format(ipv4.destination())
                        : new Ipv6Address(ipv6.destinationHigh(), ipv6.destinationLow()),
                toIpv4 ? ipv4.destinationPort() : ipv6.destinationPort());
    }

    private static String ofIpv6(Packet packet, SessionRules rules) {
        long high = packet.layers().destinationHigh();
        long low = packet.layers().destinationLow();
        var address = new Ipv6Address(high, low);
        int index = rules.pref64s().find(high, low);
        if (index == Pref64s.NONE) {
            return address + " is in no Pref64: " + rules.pref64s();
        }
        var pref64 = rules.pref64s().get(index);
        return "%s is %s in the Pref64 %s (RFC 6052, section 2.3)"
                .formatted(address, Ipv4Address.format(pref64.extract(high, low)), pref64);
    }

    private static String ofIpv4(Packet packet, SessionRules rules) {
        int destination = packet.layers().destinationIpv4();
        return Ipv4Address.format(destination)
                + (rules.pool4().contains(destination) ? " is in pool4" : " is not in pool4");
    }
}
