// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.HOP_LIMIT_EXCEEDED;
import static nat64.translator.packet.DropReason.ILLEGAL_SOURCE;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NOT_IN_POOL4;
import static nat64.translator.packet.DropReason.SYN_STORED;
import static nat64.translator.packet.DropReason.TOO_BIG;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_ICMP;

import java.util.List;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv6Tuple;
import nat64.translator.packet.Packet;
import nat64.translator.session.Filtering;
import nat64.translator.session.IncomingTuple;
import nat64.translator.session.Mapping;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.table.SessionPrefetch;
import nat64.translator.translate.Ipv4ToIpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Octets;

/** The way of a packet from the IPv4 side: the steps of RFC 6146, section 3.3. One per worker. */
final class Ipv4Path implements Path {

    private final TableLock lock;
    private final List<Pref64> pref64s;
    private final Pool4 pool4;
    private final IncomingTuple incoming;
    private final Filtering filtering;
    private final Mapping mapping = new Mapping();
    private final Ipv6Tuple outgoing = new Ipv6Tuple();
    private final Ipv6Tuple outgoingQuoted = new Ipv6Tuple();
    private final Ipv4ToIpv6 translator;
    private final Ipv4Header ipv4 = new Ipv4Header();

    Ipv4Path(
            TableLock lock,
            List<Pref64> pref64s,
            Pool4 pool4,
            IncomingTuple incoming,
            Filtering filtering,
            Ipv4ToIpv6 translator) {
        this.lock = lock;
        this.pref64s = pref64s;
        this.pool4 = pool4;
        this.incoming = incoming;
        this.filtering = filtering;
        this.translator = translator;
    }

    @Override
    public DropReason translate(Packet packet, long now) {
        var layers = packet.layers();
        boolean error = layers.isIcmpError();
        if (!error && !Addresses.isLegalSource(layers.sourceIpv4())) {
            return ILLEGAL_SOURCE; // RFC 7915, section 4.1, lets errors pass: a router may have any address
        }
        if (!pool4.contains(layers.destinationIpv4())) {
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
        var drop = updateTables(packet, error, now);
        return drop == NONE ? translator.translate(packet, outgoing, outgoingQuoted) : drop;
    }

    /** Has fetched what the tables will be asked about a packet that has just been received, if it is of the usual kind. */
    void expect(Packet packet, SessionPrefetch ahead) {
        var buffer = packet.buffer();
        ipv4.wrap(buffer, packet.start());
        int protocol = ipv4.protocol();
        if (ipv4.hasNoOptions() && (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP)) {
            int ports = Octets.u32(buffer, packet.start() + Ipv4Header.LENGTH);
            filtering.expectFromIpv4(ahead, protocol, ipv4.source(), ipv4.destination(), ports);
        }
    }

    /** All that needs the tables, in one turn (RFC 6146, sections 3.4 to 3.6). */
    private DropReason updateTables(Packet packet, boolean error, long now) {
        long turn = lock.begin(now);
        try {
            var drop = incoming.determine(packet, turn);
            if (drop != NONE) {
                return drop;
            }
            drop = error ? outgoingOfError(packet) : outgoing(packet, turn);
            if (drop == NONE) {
                incoming.accepted(packet, turn);
            }
            return drop;
        } finally {
            lock.end();
        }
    }

    /** RFC 6146, section 3.6.2. */
    private DropReason outgoing(Packet packet, long now) {
        var layers = packet.layers();
        var drop = filtering.fromIpv4(layers, incoming, now, mapping);
        if (drop == SYN_STORED) {
            return filtering.store(packet, incoming, now);
        }
        if (drop == NONE) {
            boolean query = layers.isIcmp();
            var pref64 = pref64s.get(mapping.prefix());
            int remote = layers.sourceIpv4();
            outgoing.source(
                            pref64.embedHigh(remote),
                            pref64.embedLow(remote),
                            query ? mapping.ipv6Port() : incoming.sourcePort())
                    .destination(mapping.ipv6High(), mapping.ipv6Low(), mapping.ipv6Port());
        }
        return drop;
    }

    /**
     * The error comes from the router that reports it, under the Pref64 of the session, so that traceroute tells the
     * way. RFC 6146, section 3.6.2, would have it come from the destination of the quoted packet.
     */
    private DropReason outgoingOfError(Packet packet) {
        var router = packet.layers().sourceIpv4();
        var quoted = packet.quoted();
        var drop = filtering.errorFromIpv4(quoted, incoming, mapping);
        if (drop == NONE) {
            var pref64 = pref64s.get(mapping.prefix());
            int remote = quoted.destinationIpv4();
            outgoing.source(pref64.embedHigh(router), pref64.embedLow(router), 0)
                    .destination(mapping.ipv6High(), mapping.ipv6Low(), 0);
            outgoingQuoted
                    .source(mapping.ipv6High(), mapping.ipv6Low(), mapping.ipv6Port())
                    .destination(pref64.embedHigh(remote), pref64.embedLow(remote), incoming.destinationPort());
        }
        return drop;
    }
}
