// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateful;

import static nat64.translator.packet.DropReason.NONE;

import nat64.translator.packet.IcmpError;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.pipeline.IcmpErrors;

/**
 * Tells the sender of a SYN that was stored in vain that the port is unreachable (RFC 6146, section 3.5.2.2). It is an
 * IPv4 host, or an IPv6 host whose SYN was hairpinned: then the error is translated like one from the IPv4 side.
 * One per worker.
 */
public final class UnansweredSyns {

    private final IcmpErrors icmpErrors;
    private final StatefulIpv4Path ipv4Path;
    private final PacketParser parser = new PacketParser();

    public UnansweredSyns(IcmpErrors icmpErrors, StatefulIpv4Path ipv4Path) {
        this.icmpErrors = icmpErrors;
        this.ipv4Path = ipv4Path;
    }

    /** Answers a SYN, not parsed yet. */
    void answer(Packet syn, StatefulRules rules, long now) {
        if (parser.parse(syn) != NONE) {
            return;
        }
        boolean fromIpv6Host = rules.session().pool4().contains(syn.layers().sourceIpv4());
        var error = icmpErrors.write(syn, IcmpError.PORT_UNREACHABLE, rules, now);
        if (error != null && (!fromIpv6Host || isTranslated(error, rules, now))) {
            icmpErrors.send(error, rules);
        }
    }

    private boolean isTranslated(Packet error, StatefulRules rules, long now) {
        return parser.parse(error) == NONE && ipv4Path.translate(error, rules, now) == NONE;
    }
}
