// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.util.List;
import java.util.OptionalInt;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.Pref64s;
import nat64.translator.pipeline.IcmpErrorRules;
import nat64.translator.pipeline.stateful.StatefulRules;
import nat64.translator.session.SessionRules;
import nat64.translator.session.fragment.FragmentLimits;
import nat64.translator.session.policy.AdmissionPolicy;
import nat64.translator.session.policy.FilterPolicy;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.policy.TableSettings;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortBlockSettings;
import nat64.translator.translate.TranslationOptions;

/**
 * All that a stateful translator has to be told.
 *
 * @param pref64s prefixes whose addresses are translated; the first one is the prefix of IPv4 hosts that speak first
 * @param pool4 the IPv4 addresses that stand for IPv6 hosts; no two ranges overlap
 * @param clients IPv6 hosts that may open sessions
 * @param translateNonGlobal whether the Well-Known Prefix may carry IPv4 addresses that are not global, against
 *     RFC 6052, section 3.1
 * @param lifetimes how long idle sessions live
 * @param maxSessions sessions per protocol (TCP, UDP, ICMP); their memory is reserved at start
 * @param ownAddress source of the ICMPv6 errors that the translator sends; its ICMPv4 errors come from pool4
 * @param icmpErrorsPerSecond ICMP errors of the translator's own (RFC 7915, sections 4.4 and 5.4): so many to IPv6 and
 *     so many to IPv4 hosts, too big and all others apart; 0 is none at all
 * @param translation what RFC 7915 leaves to the operator
 * @param state what is let in from the IPv4 side
 * @param fragments what is done for fragments
 * @param drained addresses of pool4 that get no new bindings; those that they have go on
 */
public record TranslatorSettings(
        List<Pref64> pref64s,
        List<Pool4Range> pool4,
        List<Ipv6Prefix> clients,
        boolean translateNonGlobal,
        Lifetimes lifetimes,
        int maxSessions,
        Ipv6Address ownAddress,
        int icmpErrorsPerSecond,
        TranslationOptions translation,
        StatePolicy state,
        FragmentLimits fragments,
        List<Ipv4Prefix> drained)
        implements PacketTranslatorSettings {

    /** As many ICMP errors of its own as a translator sends when nobody says otherwise. */
    public static final int ICMP_ERRORS_PER_SECOND = 100;

    /** No limit on ICMP errors; what a link carries in a second is less. */
    public static final int UNLIMITED_ICMP_ERRORS = Integer.MAX_VALUE;

    public TranslatorSettings {
        pref64s = List.copyOf(pref64s);
        pool4 = List.copyOf(pool4);
        clients = List.copyOf(clients);
        drained = List.copyOf(drained);
        if (pref64s.isEmpty()) {
            throw new IllegalArgumentException("a translator needs at least one Pref64"); // C-105
        }
        if (pool4.isEmpty()) {
            throw new IllegalArgumentException("a translator needs at least one pool4 range"); // C-105
        }
        for (int i = 0; i < pool4.size(); i++) {
            for (int j = i + 1; j < pool4.size(); j++) {
                if (pool4.get(i).prefix().overlaps(pool4.get(j).prefix())) {
                    throw new IllegalArgumentException("pool4 ranges overlap: "
                            + pool4.get(i).prefix() + " and " + pool4.get(j).prefix());
                }
            }
        }
        StaticBinding.requireDistinct(state.staticBindings());
        for (var binding : state.staticBindings()) {
            if (pool4.stream().noneMatch(range -> range.prefix().contains(binding.ipv4()))) {
                throw new IllegalArgumentException("static binding outside pool4: " + binding);
            }
        }
        requireBlocks(pool4, state.blocks());
        if (icmpErrorsPerSecond < 0) {
            throw new IllegalArgumentException("ICMP errors per second are 0 or more, not " + icmpErrorsPerSecond);
        }
        if (maxSessions < 1) {
            throw new IllegalArgumentException("a translator needs room for at least one session, not " + maxSessions);
        }
    }

    private static void requireBlocks(List<Pool4Range> pool4, PortBlockSettings blocks) {
        for (var range : pool4) {
            if (blocks.isOn() && blocks.blocksIn(range.ports()) == 0) {
                throw new IllegalArgumentException(
                        "the ports %s of pool4 %s have no whole block of %d ports from 1024 on"
                                .formatted(range.ports(), range.prefix(), blocks.size()));
            }
        }
    }

    /** Settings by which no address of pool4 drains. */
    @SuppressWarnings("checkstyle:ParameterNumber") // the fields of a record
    public TranslatorSettings(
            List<Pref64> pref64s,
            List<Pool4Range> pool4,
            List<Ipv6Prefix> clients,
            boolean translateNonGlobal,
            Lifetimes lifetimes,
            int maxSessions,
            Ipv6Address ownAddress,
            int icmpErrorsPerSecond,
            TranslationOptions translation,
            StatePolicy state,
            FragmentLimits fragments) {
        this(
                pref64s,
                pool4,
                clients,
                translateNonGlobal,
                lifetimes,
                maxSessions,
                ownAddress,
                icmpErrorsPerSecond,
                translation,
                state,
                fragments,
                List.of());
    }

    /** What the packets need of it, at start. */
    StatefulRules rules() {
        return rules(Pref64s.of(pref64s), new Pool4(pool4).next(pool4, drained));
    }

    /** What the packets need of it, after a reload. */
    StatefulRules rules(SessionRules running) {
        return rules(running.pref64s().next(pref64s), running.pool4().next(pool4, drained));
    }

    private StatefulRules rules(Pref64s prefixes, Pool4 pool) {
        var admission = new AdmissionPolicy(
                clients, translateNonGlobal, state.untranslated(), state.limits(), state.destinations(), state.probe());
        var filter = new FilterPolicy(state.filter() == StatePolicy.Filter.ADDRESS_DEPENDENT, state.dropExternalTcp());
        return new StatefulRules(
                new SessionRules(prefixes, pool, admission, filter, lifetimes),
                translation,
                new IcmpErrorRules(ownAddress, OptionalInt.empty(), icmpErrorsPerSecond),
                state.unknownTcp());
    }

    /** The sizes of the tables. */
    TableSettings tables() {
        return new TableSettings(maxSessions, state.storedSyns(), state.hold(), state.blocks());
    }
}
