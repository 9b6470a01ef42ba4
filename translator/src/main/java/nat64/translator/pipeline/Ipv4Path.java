// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.HOP_LIMIT_EXCEEDED;
import static nat64.translator.packet.DropReason.ILLEGAL_SOURCE;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NOT_IN_POOL4;
import static nat64.translator.packet.DropReason.TOO_BIG;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_ICMP;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.session.Filtering;
import nat64.translator.session.IncomingTuple;
import nat64.translator.session.Mapping;
import nat64.translator.session.OutgoingTuple;
import nat64.translator.session.SessionRules;
import nat64.translator.session.fragment.Fragments;
import nat64.translator.translate.Ipv4ToIpv6;
import nat64.translator.wire.IpProtocol;

/** The way of a packet from the IPv4 side: the steps of RFC 6146, section 3.3. One per worker. */
final class Ipv4Path implements Path {

    private final TableLock lock;
    private final SessionRules rules;
    private final IncomingTuple incoming;
    private final Filtering filtering;
    private final Fragments fragments;
    private final Mapping mapping = new Mapping();
    private final OutgoingTuple outgoing = new OutgoingTuple();
    private final Ipv4ToIpv6 translator;
    private int released;

    Ipv4Path(TableLock lock, SessionRules rules, Filtering filtering, Fragments fragments, Ipv4ToIpv6 translator) {
        this.lock = lock;
        this.rules = rules;
        this.filtering = filtering;
        this.fragments = fragments;
        this.translator = translator;
        incoming = new IncomingTuple(fragments);
    }

    @Override
    public DropReason translate(Packet packet, long now) {
        released = 0;
        var layers = packet.layers();
        boolean error = layers.isIcmpError();
        if (!error && !Addresses.isLegalSource(layers.sourceIpv4())) {
            return ILLEGAL_SOURCE; // RFC 7915, section 4.1, lets errors pass: a router may have any address
        }
        if (!rules.pool4().contains(layers.destinationIpv4())) {
            return NOT_IN_POOL4;
        }
        if (layers.protocol() == IpProtocol.IGMP) {
            return UNTRANSLATABLE_ICMP; // RFC 7915, section 4.2: silently, and its TTL is 1
        }
        if (layers.hopLimit() <= 1) {
            return HOP_LIMIT_EXCEEDED;
        }
        if (translator.isTooBig(packet)) {
            return TOO_BIG;
        }
        var drop = updateTables(packet, now);
        return drop == NONE ? translator.translate(packet, outgoing.ipv6(), outgoing.quotedIpv6()) : drop;
    }

    /** All that needs the tables, under the lock (RFC 6146, sections 3.4 to 3.6). */
    private DropReason updateTables(Packet packet, long now) {
        long turn = lock.begin(now);
        try {
            var drop = incoming.determine(rules, packet, turn);
            if (drop != NONE) {
                return drop;
            }
            drop = filtering.update(rules, packet, incoming, turn, mapping);
            if (drop != NONE) {
                return drop;
            }
            outgoing.compute(rules, packet, incoming, mapping);
            released = fragments.pass(packet, incoming.bothPorts(), turn);
            return NONE;
        } finally {
            lock.end();
        }
    }

    /** How many fragments the last packet has released. */
    int released() {
        return released;
    }
}
