// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import java.time.Duration;
import nat64.translator.address.Ipv6Address;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionTable;
import nat64.translator.session.table.TcpState;

/**
 * One session as it was at a moment, for people to read.
 *
 * @param client X'
 * @param clientPort x, or the identifier of an ICMP echo
 * @param pool4 T, as {@code int}
 * @param pool4Port t
 * @param remote Z, as {@code int}
 * @param remotePort z, 0 of ICMP
 * @param timeLeft until the session expires
 */
public record SessionView(
        Protocol protocol,
        Ipv6Address client,
        int clientPort,
        int pool4,
        int pool4Port,
        int remote,
        int remotePort,
        TcpState state,
        Duration timeLeft) {

    /** Of a row. */
    public static SessionView of(Protocol protocol, SessionTable sessions, int row, long now) {
        return new SessionView(
                protocol,
                new Ipv6Address(sessions.ipv6High(row), sessions.ipv6Low(row)),
                sessions.ipv6Port(row),
                sessions.ipv4(row),
                sessions.ipv4Port(row),
                sessions.remote(row),
                sessions.remotePort(row),
                sessions.state(row),
                Duration.ofMillis(Math.max(0, sessions.timeLeft(row, now))));
    }
}
