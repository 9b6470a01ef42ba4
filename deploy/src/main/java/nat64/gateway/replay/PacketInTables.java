// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import nat64.gateway.replay.PacketView.Tuple;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.SiitSettings;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionState;

/**
 * Explains a packet as a running translator would handle it now. The packet goes through small tables of its own, with
 * copies of the sessions that concern it, so the running translator is only read. Limits of subscribers and full tables
 * are not seen, and the pool4 address and port of a new binding are an example.
 */
public final class PacketInTables {

    /** Of each protocol; also the most that are copied. */
    private static final int SESSIONS = 1024;

    /** A pool4 with more addresses is cut down to those that the packet is about. */
    private static final int MOST_ADDRESSES = 64;

    private static final long SEED = 64;

    private PacketInTables() {}

    /** The sessions of a running translator. */
    public interface Sessions {

        /** Those that match, {@code most} at most; a stateless translator has none. */
        List<SessionRecord> matching(RecordFilter filter, int most);
    }

    /**
     * The explanation, and how many sessions of the running translator it knows.
     *
     * @param sessions copied for it
     */
    public record Result(Explanation explanation, int sessions) {}

    /**
     * Runs the packet.
     *
     * @param octets its IP header first
     * @param running what the running translator goes by
     * @throws IllegalArgumentException if the packet is too long
     */
    public static Result explain(byte[] octets, PacketTranslatorSettings running, Sessions sessions) {
        var tuple = PacketView.of(octets).outer();
        return switch (running) {
            case SiitSettings stateless -> explain(octets, stateless, List.of());
            case TranslatorSettings stateful -> {
                var known = tuple.stream()
                        .flatMap(one -> filters(one, stateful))
                        .flatMap(filter -> sessions.matching(filter, SESSIONS / 2).stream())
                        .distinct()
                        .toList();
                yield explain(octets, small(stateful, tuple, known), known);
            }
        };
    }

    private static Result explain(byte[] octets, PacketTranslatorSettings settings, List<SessionRecord> known) {
        try (var explainer = new Explainer(settings, SEED)) {
            known.forEach(session -> explainer.adopt(young(session)));
            return new Result(explainer.explain(octets), known.size());
        }
    }

    /** The clock of the replay has just begun. */
    private static SessionRecord young(SessionRecord session) {
        var state = session.state();
        return new SessionRecord(
                session.binding(),
                session.remote(),
                session.remotePort(),
                session.pref64(),
                new SessionState(state.tcp(), state.fromIpv4(), state.answered(), state.timeLeft()));
    }

    /** The sessions of the sender, and those of the binding that the packet is sent to. */
    private static Stream<RecordFilter> filters(Tuple tuple, TranslatorSettings settings) {
        if (tuple.protocol().isEmpty()) {
            return Stream.empty();
        }
        var ofSender = new RecordFilter(
                tuple.protocol(),
                Optional.of(new Ipv6Prefix(tuple.source().high(), tuple.source().low(), 128)),
                Optional.empty(),
                OptionalInt.of(tuple.sourcePort()),
                Optional.empty());
        var ofReceiver = ipv4Destination(tuple, settings).stream()
                .map(ipv4 -> new RecordFilter(
                        tuple.protocol(),
                        Optional.empty(),
                        Optional.of(new Ipv4Prefix(ipv4, 32)),
                        OptionalInt.of(tuple.destinationPort()),
                        Optional.empty()));
        return tuple.isIpv6() ? Stream.concat(Stream.of(ofSender), ofReceiver) : ofReceiver;
    }

    /** To which the packet goes, if it is one of pool4. */
    private static Optional<Integer> ipv4Destination(Tuple tuple, TranslatorSettings settings) {
        var destination = tuple.destination();
        var ipv4 = tuple.isIpv6()
                ? settings.pref64s().stream()
                        .filter(pref64 -> pref64.contains(destination))
                        .map(pref64 -> pref64.extract(destination))
                        .findFirst()
                : Optional.of(tuple.destinationIpv4());
        return ipv4.filter(address ->
                settings.pool4().stream().anyMatch(range -> range.prefix().contains(address)));
    }

    /** Settings by which the packet fares the same, in little memory. */
    private static TranslatorSettings small(
            TranslatorSettings settings, Optional<Tuple> tuple, List<SessionRecord> known) {
        var addresses = new HashSet<Integer>();
        known.forEach(session -> addresses.add(session.binding().pool4()));
        tuple.flatMap(one -> ipv4Destination(one, settings)).ifPresent(addresses::add);
        var bindings = settings.state().staticBindings().stream()
                .filter(binding -> concerns(binding, tuple, addresses))
                .limit(SESSIONS / 2)
                .toList();
        bindings.forEach(binding -> addresses.add(binding.ipv4()));
        return new TranslatorSettings(
                settings.pref64s(),
                small(settings.pool4(), addresses),
                settings.clients(),
                settings.translateNonGlobal(),
                settings.lifetimes(),
                Math.min(settings.maxSessions(), SESSIONS),
                settings.ownAddress(),
                settings.icmpErrorsPerSecond(),
                settings.translation(),
                settings.state().withBindings(bindings),
                settings.fragments());
    }

    private static boolean concerns(StaticBinding binding, Optional<Tuple> tuple, Set<Integer> addresses) {
        return tuple.filter(one -> binding.ipv6().equals(one.source())
                        || (addresses.contains(binding.ipv4()) && binding.ipv4Port() == one.destinationPort()))
                .isPresent();
    }

    private static List<Pool4Range> small(List<Pool4Range> pool4, Set<Integer> addresses) {
        long all = pool4.stream()
                .mapToLong(range -> 1L << (32 - range.prefix().length()))
                .sum();
        if (all <= MOST_ADDRESSES) {
            return pool4;
        }
        var ranges = new ArrayList<Pool4Range>();
        for (var range : pool4) {
            var first = range.prefix().address();
            Stream.concat(Stream.of(first), addresses.stream().filter(range.prefix()::contains))
                    .distinct()
                    .filter(address -> ranges.size() < MOST_ADDRESSES || addresses.contains(address))
                    .forEach(address ->
                            ranges.add(new Pool4Range(new Ipv4Prefix(address, 32), range.ports(), range.hostPorts())));
        }
        return ranges;
    }
}
