// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import nat64.translator.address.Pref64;
import nat64.translator.address.Pref64s;
import nat64.translator.packet.Ipv4Tuple;
import nat64.translator.packet.Ipv6Tuple;
import nat64.translator.packet.Packet;
import nat64.translator.session.table.Protocol;

/**
 * The tuple that a packet is sent with (RFC 6146, section 3.6), and the one of the packet that it quotes if it is an
 * ICMP error. One per worker, filled anew for each packet; which of its parts are filled follows from the incoming
 * tuple.
 */
public final class OutgoingTuple {

    private final Ipv4Tuple ipv4 = new Ipv4Tuple();
    private final Ipv4Tuple quotedIpv4 = new Ipv4Tuple();
    private final Ipv6Tuple ipv6 = new Ipv6Tuple();
    private final Ipv6Tuple quotedIpv6 = new Ipv6Tuple();

    /** Step 3.6, of a packet whose mapping {@link Filtering} has found. */
    public void compute(SessionRules rules, Packet packet, IncomingTuple incoming, Mapping mapping) {
        if (incoming.isFromIpv6()) {
            computeIpv4(packet, incoming, mapping);
        } else {
            computeIpv6(rules.pref64s(), packet, incoming, mapping);
        }
    }

    /**
     * RFC 6146, section 3.6.1: whichever router reports it, an error comes from the address that the IPv6 host has
     * outside.
     */
    private void computeIpv4(Packet packet, IncomingTuple incoming, Mapping mapping) {
        int remote = incoming.remote();
        if (incoming.isError()) {
            ipv4.set(mapping.ipv4(), 0, remote, 0);
            int remotePort = packet.quoted().isIcmp() ? mapping.ipv4Port() : incoming.remotePort();
            quotedIpv4.set(remote, remotePort, mapping.ipv4(), mapping.ipv4Port());
        } else {
            ipv4.set(mapping.ipv4(), mapping.ipv4Port(), remote, incoming.remotePort());
        }
    }

    /**
     * RFC 6146, section 3.6.2, except that an error comes from the router that reports it, under the Pref64 of the
     * session, so that traceroute tells the way. The RFC would have it come from the destination of the quoted packet.
     */
    private void computeIpv6(Pref64s pref64s, Packet packet, IncomingTuple incoming, Mapping mapping) {
        var pref64 = pref64s.get(mapping.prefix());
        if (incoming.isError()) {
            source(ipv6, pref64, packet.layers().sourceIpv4(), 0).destination(mapping.ipv6High(), mapping.ipv6Low(), 0);
            int remote = incoming.remote();
            quotedIpv6
                    .source(mapping.ipv6High(), mapping.ipv6Low(), mapping.ipv6Port())
                    .destination(pref64.embedHigh(remote), pref64.embedLow(remote), incoming.remotePort());
        } else {
            int port = incoming.protocol() == Protocol.ICMP ? mapping.ipv6Port() : incoming.remotePort();
            source(ipv6, pref64, incoming.remote(), port)
                    .destination(mapping.ipv6High(), mapping.ipv6Low(), mapping.ipv6Port());
        }
    }

    private static Ipv6Tuple source(Ipv6Tuple tuple, Pref64 pref64, int address, int port) {
        return tuple.source(pref64.embedHigh(address), pref64.embedLow(address), port);
    }

    /** Of a packet that goes to the IPv4 side. */
    public Ipv4Tuple ipv4() {
        return ipv4;
    }

    /** Of the packet that an ICMP error to the IPv4 side quotes. */
    public Ipv4Tuple quotedIpv4() {
        return quotedIpv4;
    }

    /** Of a packet that goes to the IPv6 side. */
    public Ipv6Tuple ipv6() {
        return ipv6;
    }

    /** Of the packet that an ICMP error to the IPv6 side quotes. */
    public Ipv6Tuple quotedIpv6() {
        return quotedIpv6;
    }
}
