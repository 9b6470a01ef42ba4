// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.dns64.explain.Dns64Explainer.Asked;
import nat64.dns64.explain.Dns64Explanation.Step;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import nat64.dns64.settings.DnssecMode;
import nat64.dns64.settings.Policy;
import nat64.dns64.synthesis.AddressMapping;
import nat64.dns64.synthesis.DomainMode;
import nat64.dns64.synthesis.ReverseName;
import nat64.dns64.synthesis.SpecialNames;
import nat64.dns64.synthesis.Synthesizer;
import nat64.dns64.synthesis.View;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Puts the steps of an answer into words. It decides nothing. */
final class ExplainedSteps {

    private final Name name;
    private final int type;
    private final View view;
    private final List<Step> steps = new ArrayList<>();
    private boolean ended;

    ExplainedSteps(Name name, int type, View view) {
        this.name = name;
        this.type = type;
        this.view = view;
    }

    List<Step> list() {
        return List.copyOf(steps);
    }

    ExplainedSteps client(boolean served) {
        add("client", served ? "is served" : "is in none of the prefixes that are served", "clients");
        ended = !served;
        return this;
    }

    /**
     * The view and its prefixes.
     *
     * @param dead prefixes that don't work
     */
    ExplainedSteps view(Set<Pref64> dead, Policy policy) {
        if (ended) {
            return this;
        }
        add("view", view.name(), view.name().equals("default") ? "dns64" : "dns64.views");
        dead.forEach(prefix -> add("prefix", prefix + " does not work", "dns64.prefix-health"));
        var of = policy.all().stream()
                .filter(settings -> settings.view().name().equals(view.name()))
                .map(settings ->
                        settings.prefixPolicy().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .findFirst()
                .orElse("");
        var prefixes = view.pref64s().stream().map(Pref64::toString).collect(Collectors.joining(", "));
        add("prefixes", prefixes + " (" + of + ")", "dns64.pref64-policy");
        return this;
    }

    ExplainedSteps special(SpecialNames special) {
        if (ended) {
            return this;
        }
        if (special.answer(name, type, view).isPresent()) {
            add(
                    "special name",
                    "is answered here, no upstream is asked",
                    special.ownNames().rule(name).orElse("RFC 8880, RFC 9462, RFC 6303, RFC 6761"));
            ended = true;
        } else if (type == Type.PTR && special.reverse(name) instanceof ReverseName.Embedded embedded) {
            add("reverse name", "is inside a Pref64, and stands for " + embedded.target(), "RFC 6147, section 5.3.1");
        } else {
            add("special name", "no", "RFC 8880, RFC 9462, RFC 6303, RFC 6761");
        }
        return this;
    }

    ExplainedSteps mode() {
        if (ended) {
            return this;
        }
        if (type != Type.AAAA) {
            add("type", "nothing is made for " + Type.string(type), "RFC 6147, section 5.3.3");
            return this;
        }
        var match = view.domains().of(name);
        add("domain", match.domain() + " has the mode " + match.mode().label(), "dns64.domains");
        if (!view.synthesizes()) {
            add("synthesis", "is off in this view", "dns64.synthesize");
        }
        return this;
    }

    ExplainedSteps outcomes(List<Asked> asked) {
        asked.forEach(one -> add(Type.string(one.question().type()), describe(one), rule(one)));
        if (type == Type.AAAA) {
            var aaaa = outcome(asked, Type.AAAA);
            aaaa.forEach(this::exclusion);
            if (view.mode(name) == DomainMode.SYNTHESIZE || view.mode(name) == DomainMode.FORCE) {
                outcome(asked, Type.A).forEach(a -> mapping(aaaa, a));
            }
        }
        return this;
    }

    /** None or one. */
    private static List<Outcome> outcome(List<Asked> asked, int type) {
        return asked.stream()
                .filter(one -> one.question().type() == type)
                .map(Asked::outcome)
                .limit(1)
                .toList();
    }

    private static String describe(Asked asked) {
        var what = switch (asked.outcome()) {
            case Outcome.Data(var sections) ->
                sections.answer().stream()
                        .filter(record -> record.getType() == asked.question().type())
                        .map(record -> record.rdataToString() + " for " + record.getTTL() + " s")
                        .collect(Collectors.joining(", "));
            case Outcome.NoData(var sections) -> "no such record" + forHowLong(sections);
            case Outcome.NxDomain(var sections) -> "no such name" + forHowLong(sections);
            case Outcome.Failure(int rcode) -> Rcode.string(rcode);
            case Outcome.Bogus(int code) -> "wrong signatures, extended error " + code;
            case Outcome.Timeout _ -> "no answer in time";
        };
        return asked.question().name() + ": " + what;
    }

    private static String forHowLong(Sections sections) {
        var ttl = sections.negativeTtl();
        return ttl.isPresent() ? ", for " + ttl.getAsLong() + " s" : ", without SOA record";
    }

    private static String rule(Asked asked) {
        return switch (asked.outcome()) {
            case Outcome.Data _ -> "RFC 6147, section 5.1.1";
            case Outcome.NoData _, Outcome.NxDomain _, Outcome.Failure _ -> "RFC 6147, section 5.1.2";
            case Outcome.Bogus _ -> "RFC 6147, section 5.5";
            case Outcome.Timeout _ -> "RFC 6147, section 5.1.3";
        };
    }

    /** What signatures prove, where they are checked. */
    ExplainedSteps signatures(List<Asked> asked, DnssecMode mode) {
        if (mode != DnssecMode.OFF) {
            var rule = "dns64.dnssec.mode; RFC 4033, section 5";
            asked.forEach(one -> security(one.outcome())
                    .ifPresent(found ->
                            add("signatures", Type.string(one.question().type()) + " is " + found, rule)));
        }
        return this;
    }

    private static Optional<String> security(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered answered -> Optional.of(answered.sections().secure() ? "secure" : "insecure");
            case Outcome.Bogus _ -> Optional.of("bogus");
            case Outcome.Failure _, Outcome.Timeout _ -> Optional.empty();
        };
    }

    private void exclusion(Outcome aaaa) {
        if (aaaa instanceof Outcome.Data(var sections)) {
            sections.answer().stream()
                    .filter(record ->
                            record instanceof AAAARecord real && view.excluded().excludes(real))
                    .forEach(record -> add(
                            "exclusion", record.rdataToString() + " counts as not there", "RFC 6147, section 5.1.4"));
        }
    }

    private void mapping(List<Outcome> aaaa, Outcome a) {
        if (!(a instanceof Outcome.Data(var sections))) {
            return;
        }
        var mapping = view.mapping();
        for (var record : Synthesizer.aRecords(sections)) {
            int ipv4 = AddressMapping.ipv4(record);
            var made =
                    mapping.addresses(ipv4).stream().map(Ipv6Address::toString).collect(Collectors.joining(", "));
            add(
                    "mapping",
                    Ipv4Address.format(ipv4) + (made.isEmpty() ? " has no IPv6 address" : " is " + made),
                    mappingRule(ipv4, made.isEmpty()));
        }
        ttl(aaaa, sections);
    }

    private String mappingRule(int ipv4, boolean refused) {
        var range = view.mapping().range(ipv4);
        if (range.isPresent()) {
            return "dns64.ipv4-ranges, " + range.get().ipv4();
        }
        if (!refused) {
            return "RFC 6052, section 2.2";
        }
        return SpecialIpv4.isRouted(ipv4) ? "RFC 6052, section 3.1" : "no router forwards to it";
    }

    private void ttl(List<Outcome> aaaa, Sections a) {
        var ofA = Synthesizer.aRecords(a).stream().mapToLong(Record::getTTL).min();
        var limits = Stream.of(
                        ofA.isPresent() ? "that of A " + ofA.getAsLong() : "",
                        aaaa.isEmpty() ? "" : "that of the AAAA outcome " + Synthesizer.limit(aaaa.getFirst()),
                        view.maxTtl() == View.LONGEST_TTL ? "" : "that of watched prefixes " + view.maxTtl())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        add("TTL", "the least of: " + limits, "RFC 6147, section 5.1.7");
    }

    private void add(String step, String finding, String rule) {
        steps.add(new Step(step, finding, rule));
    }
}
