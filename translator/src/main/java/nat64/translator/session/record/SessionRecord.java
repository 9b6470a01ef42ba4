// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import java.time.Duration;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.address.Pref64s;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionTable;

/**
 * A session as it was at a moment (RFC 6146, section 3.2). It means the same in another process.
 *
 * @param remote Z, as {@code int}
 * @param remotePort z, 0 of ICMP
 * @param pref64 under which the IPv6 host sees Z
 */
public record SessionRecord(BindingRecord binding, int remote, int remotePort, Pref64 pref64, SessionState state) {

    /** Of a row. */
    public static SessionRecord of(Protocol protocol, SessionTable sessions, int row, Pref64s pref64s, long now) {
        var client = new Ipv6Address(sessions.ipv6High(row), sessions.ipv6Low(row));
        return new SessionRecord(
                new BindingRecord(protocol, client, sessions.ipv6Port(row), sessions.ipv4(row), sessions.ipv4Port(row)),
                sessions.remote(row),
                sessions.remotePort(row),
                pref64s.get(sessions.prefix(row)),
                new SessionState(
                        sessions.state(row),
                        sessions.isFromIpv4(row),
                        sessions.isAnswered(row),
                        Duration.ofMillis(Math.max(0, sessions.timeLeft(row, now))),
                        Duration.ofSeconds(Math.max(0, sessions.age(row, now)))));
    }

    public Protocol protocol() {
        return binding.protocol();
    }

    @Override
    public String toString() {
        return "%s with %s:%d under %s, %s".formatted(binding, Ipv4Address.format(remote), remotePort, pref64, state);
    }
}
