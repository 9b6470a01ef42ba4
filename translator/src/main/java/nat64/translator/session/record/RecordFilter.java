// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import java.util.Optional;
import java.util.OptionalInt;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.session.pool4.PortBlocks;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionTable;
import nat64.translator.session.table.TcpState;

/**
 * Which bindings or sessions are asked for: those for which all that is given is true.
 *
 * @param client the IPv6 host is in this prefix
 * @param ipv4 the pool4 address is in this prefix, or the IPv4 host
 * @param port one of the ports, on any side
 * @param tcp of sessions
 */
public record RecordFilter(
        Optional<Protocol> protocol,
        Optional<Ipv6Prefix> client,
        Optional<Ipv4Prefix> ipv4,
        OptionalInt port,
        Optional<TcpState> tcp) {

    /** All of them. */
    public static final RecordFilter ALL = new RecordFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());

    /** Of one protocol. */
    public static RecordFilter of(Protocol protocol) {
        return new RecordFilter(
                Optional.of(protocol), Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());
    }

    public boolean matches(Protocol candidate) {
        return protocol.isEmpty() || protocol.get() == candidate;
    }

    /** Whether the session of a row matches, but for its protocol. */
    public boolean matches(SessionTable sessions, int row) {
        return isClient(sessions.ipv6High(row), sessions.ipv6Low(row))
                && (ipv4.isEmpty()
                        || ipv4.get().contains(sessions.ipv4(row))
                        || ipv4.get().contains(sessions.remote(row)))
                && (isPort(sessions.ipv6Port(row))
                        || isPort(sessions.ipv4Port(row))
                        || isPort(sessions.remotePort(row)))
                && (tcp.isEmpty() || tcp.get() == sessions.state(row));
    }

    /** Whether the binding of a row matches, but for its protocol; it has no TCP state. */
    public boolean matches(Bib bib, int row) {
        return isClient(bib.ipv6High(row), bib.ipv6Low(row))
                && (ipv4.isEmpty() || ipv4.get().contains(bib.ipv4(row)))
                && (isPort(bib.ipv6Port(row)) || isPort(bib.ipv4Port(row)));
    }

    /** Whether a block of ports matches that a subscriber has; the client may be the subscriber or one of its hosts. */
    public boolean matches(PortBlocks blocks, int block) {
        long high = blocks.ownerHigh(block);
        long low = blocks.ownerLow(block);
        var subscriber = new Ipv6Prefix(high, low, blocks.settings().prefixLength());
        return (client.isEmpty() || client.get().overlaps(subscriber))
                && (ipv4.isEmpty() || ipv4.get().contains(blocks.address(block)))
                && (port.isEmpty()
                        || (blocks.firstPort(block) <= port.getAsInt() && port.getAsInt() <= blocks.lastPort(block)));
    }

    /** Whether a pool4 address matches. */
    public boolean matchesPool4(int address) {
        return ipv4.isEmpty() || ipv4.get().contains(address);
    }

    private boolean isClient(long high, long low) {
        return client.isEmpty() || client.get().contains(high, low);
    }

    private boolean isPort(int candidate) {
        return port.isEmpty() || port.getAsInt() == candidate;
    }
}
