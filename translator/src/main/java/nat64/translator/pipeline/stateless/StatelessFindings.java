// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateless;

import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.StatelessMapping;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Step;

/** Words for the trace of a packet: by which mapping each address is translated. */
final class StatelessFindings {

    private static final String NO_RULE = " has neither a mapping nor a Pref64";

    private StatelessFindings() {}

    /** What the path has found about both addresses of a packet. */
    static void ofAddresses(Packet packet, StatelessMapping mapping, int sourceRule, int destinationRule) {
        var trace = packet.trace();
        if (trace == null) {
            return;
        }
        var layers = packet.layers();
        if (layers.version() == 6) {
            trace.find(Step.ADDRESSES, "%s", ofIpv6(layers.sourceHigh(), layers.sourceLow(), mapping, sourceRule));
            trace.find(
                    Step.ADDRESSES,
                    "%s",
                    ofIpv6(layers.destinationHigh(), layers.destinationLow(), mapping, destinationRule));
        } else {
            trace.find(Step.ADDRESSES, "%s", ofIpv4(layers.sourceIpv4(), mapping, sourceRule));
            trace.find(Step.ADDRESSES, "%s", ofIpv4(layers.destinationIpv4(), mapping, destinationRule));
        }
    }

    private static String ofIpv6(long high, long low, StatelessMapping mapping, int rule) {
        var address = new Ipv6Address(high, low);
        return rule == StatelessMapping.NONE
                ? address + NO_RULE
                : address + " is " + Ipv4Address.format(mapping.ipv4(rule, high, low)) + " " + mapping.describe(rule);
    }

    private static String ofIpv4(int address, StatelessMapping mapping, int rule) {
        var text = Ipv4Address.format(address);
        if (rule == StatelessMapping.NONE) {
            return text + NO_RULE;
        }
        return text + " is "
                + new Ipv6Address(mapping.ipv6High(rule, address), mapping.ipv6Low(rule, address)) + " "
                + mapping.describe(rule);
    }
}
