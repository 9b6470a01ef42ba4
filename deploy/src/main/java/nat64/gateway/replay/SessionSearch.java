// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import nat64.gateway.replay.PacketView.Tuple;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.pipeline.TranslatorSettings;
import nat64.translator.session.record.SessionView;
import nat64.translator.session.table.Protocol;

/** Finds what the tables hold about a packet, or about the one that it quotes, at one moment. */
final class SessionSearch {

    private final TranslatorSettings settings;
    private final PacketView packet;
    private final List<SessionView> sessions;

    SessionSearch(TranslatorSettings settings, PacketView packet, List<SessionView> sessions) {
        this.settings = settings;
        this.packet = packet;
        this.sessions = sessions;
    }

    /** The session of the packet. */
    Optional<SessionView> session() {
        return find(this::isSession);
    }

    /** A session that has the binding of the packet. */
    Optional<SessionView> binding() {
        return find(this::isBinding);
    }

    /** The Pref64 that an address is in. */
    Optional<Pref64> pref64(Ipv6Address address) {
        return settings.pref64s().stream()
                .filter(pref64 -> pref64.contains(address))
                .findFirst();
    }

    private Optional<SessionView> find(Predicate<SessionView> condition) {
        return sessions.stream().filter(condition).findFirst();
    }

    /** The tuple as the packet's own flow sends it: that of a quoted packet went the other way. */
    private Optional<Tuple> tuple() {
        return packet.quoted()
                .or(packet::outer)
                .filter(tuple -> tuple.protocol().isPresent());
    }

    private boolean isBinding(SessionView session) {
        return tuple().filter(tuple -> session.protocol() == tuple.protocol().orElseThrow())
                .filter(tuple -> isOurs(session, tuple, tuple.source(), tuple.sourcePort())
                        || isOurs(session, tuple, tuple.destination(), tuple.destinationPort()))
                .isPresent();
    }

    /** Whether this end of the tuple is the IPv6 host, by the address that it has on the tuple's side. */
    private static boolean isOurs(SessionView session, Tuple tuple, Ipv6Address address, int port) {
        return tuple.isIpv6()
                ? session.client().equals(address) && session.clientPort() == port
                : session.pool4() == (int) address.low() && session.pool4Port() == port;
    }

    private boolean isSession(SessionView session) {
        return isBinding(session)
                && tuple().filter(tuple -> isRemote(session, tuple)).isPresent();
    }

    private boolean isRemote(SessionView session, Tuple tuple) {
        boolean sourceIsOurs = isOurs(session, tuple, tuple.source(), tuple.sourcePort());
        int port = sourceIsOurs ? tuple.destinationPort() : tuple.sourcePort();
        var address = sourceIsOurs ? tuple.destination() : tuple.source();
        int remote = tuple.isIpv6()
                ? pref64(address).map(pref64 -> pref64.extract(address)).orElse(0)
                : (int) address.low();
        return session.remote() == remote && (session.protocol() == Protocol.ICMP || session.remotePort() == port);
    }
}
