// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.BAD_QUOTED_PACKET;
import static nat64.translator.packet.DropReason.HOP_LIMIT_EXCEEDED;
import static nat64.translator.packet.DropReason.ILLEGAL_SOURCE;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NOT_IN_PREF64;
import static nat64.translator.packet.DropReason.SOURCE_IN_PREF64;
import static nat64.translator.packet.DropReason.TOO_BIG;

import java.util.List;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv4Tuple;
import nat64.translator.packet.Packet;
import nat64.translator.session.Filtering;
import nat64.translator.session.IncomingTuple;
import nat64.translator.session.Mapping;
import nat64.translator.session.table.SessionPrefetch;
import nat64.translator.translate.Ipv6ToIpv4;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;

/** The way of a packet from the IPv6 side: the steps of RFC 6146, section 3.3, but for hairpinning. One per worker. */
final class Ipv6Path implements Path {

    private static final int NO_PREFIX = -1;

    private final TableLock lock;
    private final List<Pref64> pref64s;
    private final IncomingTuple incoming;
    private final Filtering filtering;
    private final Mapping mapping = new Mapping();
    private final Ipv4Tuple outgoing = new Ipv4Tuple();
    private final Ipv4Tuple outgoingQuoted = new Ipv4Tuple();
    private final Ipv6ToIpv4 translator;
    private final Ipv6Header ipv6 = new Ipv6Header();

    Ipv6Path(TableLock lock, List<Pref64> pref64s, IncomingTuple incoming, Filtering filtering, Ipv6ToIpv4 translator) {
        this.lock = lock;
        this.pref64s = pref64s;
        this.incoming = incoming;
        this.filtering = filtering;
        this.translator = translator;
    }

    @Override
    public DropReason translate(Packet packet, long now) {
        var layers = packet.layers();
        if (!Addresses.isLegalSource(layers.sourceHigh(), layers.sourceLow())) {
            return ILLEGAL_SOURCE;
        }
        if (prefix(layers.sourceHigh(), layers.sourceLow()) != NO_PREFIX) {
            return SOURCE_IN_PREF64;
        }
        int prefix = prefix(layers.destinationHigh(), layers.destinationLow());
        if (prefix == NO_PREFIX) {
            return NOT_IN_PREF64;
        }
        if (layers.hopLimit() <= 1) {
            return HOP_LIMIT_EXCEEDED;
        }
        if (translator.isTooBig(packet)) {
            return TOO_BIG;
        }
        var drop = updateTables(packet, prefix, now);
        return drop == NONE ? translator.translate(packet, outgoing, outgoingQuoted) : drop;
    }

    /** Has fetched what the tables will be asked about a packet that has just been received, if it is of the usual kind. */
    void expect(Packet packet, SessionPrefetch ahead) {
        var buffer = packet.buffer();
        ipv6.wrap(buffer, packet.start());
        int protocol = ipv6.nextHeader();
        if (ipv6.version() != 6 || (protocol != IpProtocol.TCP && protocol != IpProtocol.UDP)) {
            return;
        }
        long destinationHigh = ipv6.destinationHigh();
        long destinationLow = ipv6.destinationLow();
        int prefix = prefix(destinationHigh, destinationLow);
        if (prefix != NO_PREFIX) {
            int remote = pref64s.get(prefix).extract(destinationHigh, destinationLow);
            int ports = Octets.u32(buffer, packet.start() + Ipv6Header.LENGTH);
            filtering.expectFromIpv6(ahead, protocol, ipv6.sourceHigh(), ipv6.sourceLow(), remote, ports);
        }
    }

    /** Where the packet that was translated last goes to. */
    int destination() {
        return outgoing.destination();
    }

    /** All that needs the tables, in one turn (RFC 6146, sections 3.4 to 3.6). */
    private DropReason updateTables(Packet packet, int prefix, long now) {
        var layers = packet.layers();
        long turn = lock.begin(now);
        try {
            var drop = incoming.determine(packet, turn);
            if (drop != NONE) {
                return drop;
            }
            boolean error = layers.isIcmpError();
            drop = error ? outgoingOfError(packet, prefix) : outgoing(packet, prefix, turn);
            if (drop == NONE) {
                incoming.accepted(packet, turn);
            }
            return drop;
        } finally {
            lock.end();
        }
    }

    /** RFC 6146, section 3.6.1. */
    private DropReason outgoing(Packet packet, int prefix, long now) {
        var layers = packet.layers();
        int remote = pref64s.get(prefix).extract(layers.destinationHigh(), layers.destinationLow());
        var drop = filtering.fromIpv6(layers, incoming, prefix, remote, now, mapping);
        if (drop == NONE) {
            outgoing.set(mapping.ipv4(), mapping.ipv4Port(), remote, incoming.destinationPort());
        }
        return drop;
    }

    /** RFC 6146, section 3.6.1: whoever reports it, the error comes from the address that the IPv6 host has outside. */
    private DropReason outgoingOfError(Packet packet, int prefix) {
        var layers = packet.layers();
        var quoted = packet.quoted();
        boolean toQuotedSource = quoted.sourceHigh() == layers.destinationHigh()
                && quoted.sourceLow() == layers.destinationLow(); // RFC 4443, section 2.2
        if (!toQuotedSource) {
            return BAD_QUOTED_PACKET;
        }
        int remote = pref64s.get(prefix).extract(layers.destinationHigh(), layers.destinationLow());
        var drop = filtering.errorFromIpv6(quoted, incoming, remote, mapping);
        if (drop == NONE) {
            outgoing.set(mapping.ipv4(), 0, remote, 0);
            int remotePort = quoted.isIcmp() ? mapping.ipv4Port() : incoming.sourcePort();
            outgoingQuoted.set(remote, remotePort, mapping.ipv4(), mapping.ipv4Port());
        }
        return drop;
    }

    private int prefix(long high, long low) {
        for (int i = 0; i < pref64s.size(); i++) {
            if (pref64s.get(i).contains(high, low)) {
                return i;
            }
        }
        return NO_PREFIX;
    }
}
