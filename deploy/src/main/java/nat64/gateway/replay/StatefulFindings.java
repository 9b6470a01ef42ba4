// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.List;
import java.util.Optional;
import nat64.gateway.replay.PacketView.Tuple;
import nat64.translator.address.Ipv4Address;
import nat64.translator.packet.Rule.Step;
import nat64.translator.pipeline.TranslatorSettings;
import nat64.translator.pipeline.TranslatorStatistics;
import nat64.translator.session.record.SessionView;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;

/**
 * What a stateful translator found.
 *
 * @param before the tables as the packet found them
 * @param after the tables as it left them
 * @param statistics after it
 */
record StatefulFindings(
        TranslatorSettings settings,
        PacketView packet,
        SessionSearch before,
        SessionSearch after,
        Outcome outcome,
        TranslatorStatistics statistics)
        implements Findings {

    @Override
    public String of(Step step) {
        return switch (step) {
            case HEADERS -> "whole and consistent";
            case ADDRESSES -> packet.outer().map(this::addresses).orElse("");
            case HOP_LIMIT -> packet.hopLimit() + ", on the other side " + (packet.hopLimit() - 1);
            case TUPLE -> tuple();
            case CLIENT -> client();
            case POLICY -> policy();
            case BINDING -> binding();
            case SESSION -> session();
            case TRANSLATION ->
                SentPackets.of(packet, outcome)
                        .translation("pool4 owns the destination, so it is turned around (RFC 6146, section 3.8)");
            case SENDING -> SentPackets.of(packet, outcome).way();
        };
    }

    @Override
    public String ofLast(Step step) {
        var rule = outcome.drop().rule().sentence();
        return switch (step) {
            case ADDRESSES ->
                switch (outcome.drop()) {
                    case NOT_IN_PREF64, NOT_IN_POOL4 -> of(step);
                    default ->
                        packet.outer().map(tuple -> tuple.sourceText() + ": ").orElse("") + rule;
                };
            case CLIENT -> client();
            case BINDING, SESSION -> of(step) + ". " + rule;
            default -> rule;
        };
    }

    private String addresses(Tuple tuple) {
        if (packet.version() == 6) {
            return before.pref64(tuple.destination())
                    .map(pref64 -> "%s is %s in the Pref64 %s (RFC 6052, section 2.3)"
                            .formatted(
                                    tuple.destination(),
                                    Ipv4Address.format(pref64.extract(tuple.destination())),
                                    pref64))
                    .orElse(tuple.destination() + " is in no Pref64: " + list(settings.pref64s()));
        }
        var address = Ipv4Address.format(tuple.destinationIpv4());
        return settings.pool4().stream()
                .filter(range -> range.prefix().contains(tuple.destinationIpv4()))
                .findFirst()
                .map(range -> address + " is in pool4: " + range.prefix())
                .orElse(address + " is not in pool4: "
                        + list(settings.pool4().stream()
                                .map(range -> range.prefix())
                                .toList()));
    }

    private String tuple() {
        if (packet.laterFragment()) {
            return "that of the first fragment (RFC 6146, section 3.4)";
        }
        return packet.quoted()
                .map(quoted -> "that of the quoted packet, " + protocol(quoted) + " " + quoted.sourceText() + " to "
                        + quoted.destinationText() + " (RFC 6146, section 3.4)")
                .orElseGet(() -> packet.outer()
                        .map(tuple -> protocol(tuple) + " " + tuple.sourceText() + " to " + tuple.destinationText()
                                + (isQuery(tuple) ? ", identifier " + tuple.sourcePort() : ""))
                        .orElse(""));
    }

    private static boolean isQuery(Tuple tuple) {
        return tuple.protocol().filter(protocol -> protocol == Protocol.ICMP).isPresent();
    }

    private static String protocol(Tuple tuple) {
        return tuple.protocol().map(Protocol::label).orElse("protocol without bindings");
    }

    private String client() {
        if (packet.version() != 6 || packet.isError() || packet.laterFragment()) {
            return "";
        }
        if (before.session().isPresent()) {
            return "not asked: the session is there already";
        }
        var source = packet.outer().orElseThrow().source();
        return settings.clients().stream()
                .filter(clients -> clients.contains(source.high(), source.low()))
                .findFirst()
                .map(clients -> source + " is among the clients: " + clients)
                .orElse(source + " is not among the clients: " + list(settings.clients()));
    }

    private String policy() {
        if (packet.isError() || packet.laterFragment() || before.session().isPresent()) {
            return "";
        }
        return packet.version() == 6
                ? "the IPv4 address may be reached under this prefix (RFC 6052, section 3.1)"
                : "IPv4 hosts may use a binding that an IPv6 host has made (RFC 6146, section 3.5)";
    }

    private String binding() {
        if (packet.laterFragment()) {
            return "that of the first fragment";
        }
        var found = before.binding();
        return found.or(after::binding)
                .map(session ->
                        "%s is %s%s".formatted(inside(session), outside(session), origin(session, found.isPresent())))
                .orElse("none");
    }

    private String origin(SessionView session, boolean isKnown) {
        boolean isStatic = settings.state().staticBindings().stream()
                .anyMatch(binding -> binding.protocol() == session.protocol()
                        && binding.ipv4() == session.pool4()
                        && binding.ipv4Port() == session.pool4Port());
        return isStatic ? ", a static binding" : isKnown ? "" : ", bound for this packet";
    }

    private static String inside(SessionView session) {
        return session.protocol() == Protocol.ICMP
                ? session.client() + " identifier " + session.clientPort()
                : "[" + session.client() + "]:" + session.clientPort();
    }

    private static String outside(SessionView session) {
        return Ipv4Address.format(session.pool4())
                + (session.protocol() == Protocol.ICMP ? " identifier " : ":")
                + session.pool4Port();
    }

    private String session() {
        if (packet.laterFragment()) {
            return "that of the first fragment";
        }
        if (packet.isError()) {
            return before.session().isPresent()
                    ? "known; an ICMP error changes no state (RFC 6146, section 3.5)"
                    : "none known; a binding is enough for an ICMP error (RFC 6146, section 3.5)";
        }
        var session = after.session();
        if (session.isEmpty()) {
            return "none" + room();
        }
        var known = before.session();
        var now = session.get();
        return (known.isPresent() ? "known" : "created")
                + state(known, now)
                + ", ends in "
                + now.timeLeft().toSeconds() + " s if nothing more comes"
                + (known.isPresent() ? "" : room());
    }

    private static String state(Optional<SessionView> known, SessionView now) {
        if (now.state() == TcpState.STATELESS) {
            return "";
        }
        var changed = known.filter(session -> session.state() != now.state());
        return ", state " + changed.map(session -> session.state() + " -> ").orElse("") + now.state();
    }

    /** How much of the limit is used. */
    private String room() {
        return packet.outer()
                .flatMap(Tuple::protocol)
                .map(statistics.tables()::get)
                .map(table -> "; " + table.sessions() + " of " + table.capacity() + " sessions are taken")
                .orElse("");
    }

    private static String list(List<?> things) {
        return String.join(", ", things.stream().map(Object::toString).toList());
    }
}
