// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.policy;

import nat64.translator.session.table.Protocol;

/**
 * The datagrams by which a gateway finds out whether packets get through it: those of one IPv6 host and port to one
 * IPv4 host, at ports that change, so that connection tracking takes none for a part of what it has let through before.
 * They are translated whoever the clients are, and whatever the destinations. Nothing else is: with another address or
 * port on either side, a packet is judged as any other.
 *
 * @param ipv4Port the first of {@link #PORTS} ports
 */
public record ProbeFlow(long ipv6High, long ipv6Low, int ipv6Port, int ipv4, int ipv4Port) {

    /** Nothing is a probe. */
    public static final ProbeFlow NONE = new ProbeFlow(0, 0, -1, 0, -1);

    /** Ports of the IPv4 host. */
    public static final int PORTS = 1024;

    /** Lifetime of its sessions, which are not needed after the answer. */
    public static final long LIFETIME_MILLIS = 10_000;

    /** Whether the ports and the protocol are those of the flow. */
    public boolean hasPorts(Protocol protocol, int fromPort, int toPort) {
        return protocol == Protocol.UDP && fromPort == ipv6Port && isPort(toPort);
    }

    /** Whether the IPv4 host answers at that port. */
    public boolean isPort(int port) {
        return port >= ipv4Port && port - ipv4Port < PORTS;
    }

    /** Whether the addresses are those of the flow. */
    public boolean hasAddresses(long high, long low, int destination) {
        return high == ipv6High && low == ipv6Low && destination == ipv4;
    }
}
