// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import nat64.translator.address.Pref64s;
import nat64.translator.packet.Packet;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.RowPrefetch;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;

/**
 * Fetches the sessions of several packets before the first of them is translated, so that the processor waits for
 * memory once and not for each. Needs no lock: what it reads decides nothing. One per worker.
 */
public final class SessionPrefetch {

    private final SessionTables tables;
    private final RowPrefetch rows;
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final Ipv4Header ipv4 = new Ipv4Header();

    /** For so many packets at a time. */
    public SessionPrefetch(SessionTables tables, int most) {
        this.tables = tables;
        rows = new RowPrefetch(most);
    }

    /**
     * Fetches the index slot of a packet that has just been received, not parsed yet, if it is a plain TCP or UDP
     * packet.
     */
    public void fetchSlot(SessionRules rules, Packet packet) {
        var buffer = packet.buffer();
        ipv6.wrap(buffer, packet.start());
        ipv4.wrap(buffer, packet.start());
        if (ipv6.version() == 6) {
            fetchFromIpv6(rules.pref64s(), packet);
        } else if (ipv4.hasNoOptions()) {
            fetchFromIpv4(packet);
        }
    }

    /** Fetches the rows of the packets since the last call. */
    public void fetchRows() {
        rows.fetchRows();
    }

    private void fetchFromIpv6(Pref64s pref64s, Packet packet) {
        int protocol = ipv6.nextHeader();
        if (protocol != IpProtocol.TCP && protocol != IpProtocol.UDP) {
            return;
        }
        long high = ipv6.destinationHigh();
        long low = ipv6.destinationLow();
        int prefix = pref64s.find(high, low);
        if (prefix != Pref64s.NONE) {
            int remote = pref64s.get(prefix).extract(high, low);
            int ports = Octets.u32(packet.buffer(), packet.start() + Ipv6Header.LENGTH);
            var sessions = tables.of(protocol(protocol)).sessions;
            sessions.fetchByIpv6(
                    rows, sessions.hash(ipv6.sourceHigh(), ipv6.sourceLow(), ports >>> 16, remote, ports & 0xffff));
        }
    }

    private void fetchFromIpv4(Packet packet) {
        int protocol = ipv4.protocol();
        if (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP) {
            int ports = Octets.u32(packet.buffer(), packet.start() + Ipv4Header.LENGTH);
            var sessions = tables.of(protocol(protocol)).sessions;
            sessions.fetchByIpv4(rows, sessions.hash(ipv4.destination(), ports & 0xffff, ipv4.source(), ports >>> 16));
        }
    }

    private static Protocol protocol(int number) {
        return number == IpProtocol.TCP ? Protocol.TCP : Protocol.UDP;
    }
}
