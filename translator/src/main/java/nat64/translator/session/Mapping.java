// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import nat64.translator.session.table.Bib;
import nat64.translator.session.table.SessionTable;

/**
 * For the packet in hand: which IPv6 transport address (X', x) is which pool4 transport address (T, t), and under which
 * Pref64 the IPv6 host sees the IPv4 one. One per worker, filled by {@link Filtering}.
 */
public final class Mapping {

    private long ipv6High;
    private long ipv6Low;
    private int ipv6Port;
    private int ipv4;
    private int ipv4Port;
    private int prefix;

    void ofSession(SessionTable sessions, int row) {
        toIpv4(sessions, row);
        toIpv6(sessions, row);
    }

    /** Of a session, for a packet to the IPv4 side: the IPv4 half alone, as each read costs. */
    void toIpv4(SessionTable sessions, int row) {
        ipv4 = sessions.ipv4(row);
        ipv4Port = sessions.ipv4Port(row);
    }

    /** Of a session, for a packet to the IPv6 side: the IPv6 half and the Pref64 alone. */
    void toIpv6(SessionTable sessions, int row) {
        ipv6High = sessions.ipv6High(row);
        ipv6Low = sessions.ipv6Low(row);
        ipv6Port = sessions.ipv6Port(row);
        prefix = sessions.prefix(row);
    }

    /** The same as another one. */
    public void set(Mapping other) {
        ipv6High = other.ipv6High;
        ipv6Low = other.ipv6Low;
        ipv6Port = other.ipv6Port;
        ipv4 = other.ipv4;
        ipv4Port = other.ipv4Port;
        prefix = other.prefix;
    }

    void ofBinding(Bib bib, int row, int prefix) {
        ipv6High = bib.ipv6High(row);
        ipv6Low = bib.ipv6Low(row);
        ipv6Port = bib.ipv6Port(row);
        ipv4 = bib.ipv4(row);
        ipv4Port = bib.ipv4Port(row);
        this.prefix = prefix;
    }

    public long ipv6High() {
        return ipv6High;
    }

    public long ipv6Low() {
        return ipv6Low;
    }

    public int ipv6Port() {
        return ipv6Port;
    }

    public int ipv4() {
        return ipv4;
    }

    public int ipv4Port() {
        return ipv4Port;
    }

    /** Index of the Pref64 under which the IPv6 host sees the IPv4 one. */
    public int prefix() {
        return prefix;
    }
}
