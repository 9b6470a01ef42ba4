// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.PrefixPolicy;
import nat64.dns64.settings.ViewSettings;
import nat64.dns64.synthesis.AddressMapping;
import nat64.dns64.synthesis.AddressMapping.Range;
import nat64.dns64.synthesis.DomainMode;
import nat64.dns64.synthesis.DomainModes;
import nat64.dns64.synthesis.ExclusionSet;
import nat64.dns64.synthesis.OwnNames;
import nat64.dns64.synthesis.RebindingProtection;
import nat64.dns64.synthesis.View;
import nat64.dns64.synthesis.View.WithCheckingDisabled;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.common.Overlaps;
import nat64.gateway.config.dns64.view.AnswerKeys.Ptr;
import nat64.gateway.config.file.FirstGiven;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import org.xbill.DNS.Name;

/** Reads how AAAA queries are answered: for all clients, and in {@code views} for some. */
public final class ViewsReader {

    private static final List<Ipv4Prefix> PRIVATE = List.of(
            Ipv4Prefix.parse("10.0.0.0/8"),
            Ipv4Prefix.parse("100.64.0.0/10"),
            Ipv4Prefix.parse("172.16.0.0/12"),
            Ipv4Prefix.parse("192.168.0.0/16"));

    private final Reading reading;
    private final List<Located<Pref64>> pref64s;
    private final boolean translateNonGlobal;
    private final List<Located<Pref64>> announced = new ArrayList<>();

    /**
     * @param pref64s those of the whole gateway
     */
    public ViewsReader(Reading reading, List<Located<Pref64>> pref64s, boolean translateNonGlobal) {
        this.reading = reading;
        this.pref64s = pref64s;
        this.translateNonGlobal = translateNonGlobal;
    }

    /** The switches of one view, with those that the file does not name taken from another. */
    private record Switches(
            boolean synthesize,
            List<Located<Pref64>> pref64s,
            PrefixPolicy policy,
            List<Ipv6Prefix> exclude,
            Set<View.Cause> on,
            Map<Name, DomainMode> domains,
            List<Located<Range>> ranges,
            WithCheckingDisabled withCd) {}

    /** Every prefix that some answer may show, with its place. */
    public List<Located<Pref64>> announced() {
        return announced;
    }

    /**
     * Reads the views.
     *
     * @param served who may use the gateway
     */
    public Policy read(Section dns64, Clients served) {
        var base = base(dns64, AnswerKeys.SWITCHES);
        var otherwise = settings("default", Clients.NONE, base);
        var views = dns64.each(AnswerKeys.VIEWS, item -> view(item, base));
        refuseSame(views);
        views.forEach(view -> warnOfRefused(view, served));
        var policy = new Policy(
                values(views).subList(0, Math.min(views.size(), Policy.MAX_VIEWS)),
                otherwise,
                List.copyOf(base.domains.keySet()),
                dns64.value(AnswerKeys.PTR).value() == Ptr.INLINE,
                new OwnNames(
                        dns64.value(AnswerKeys.NAT64_NAME).value(),
                        dns64.value(AnswerKeys.BROWSER_CANARY).value()),
                rebinding(dns64));
        return dns64.value(AnswerKeys.SYNTHESIZE_PRIVATE).value() ? policy : policy.refusing(PRIVATE);
    }

    /** Whether AAAA records are made for the addresses of this host. */
    public boolean synthesizesOwn(Section dns64) {
        return dns64.value(AnswerKeys.SYNTHESIZE_OWN).value();
    }

    private static RebindingProtection rebinding(Section dns64) {
        var domains = values(dns64.values(AnswerKeys.PRIVATE_DOMAINS));
        return dns64.value(AnswerKeys.REBINDING_PROTECTION).value()
                ? RebindingProtection.except(domains)
                : new RebindingProtection(false, Set.copyOf(domains));
    }

    private Switches base(Section dns64, SwitchKeys keys) {
        var own = dns64.values(keys.pref64());
        return new Switches(
                dns64.value(keys.synthesize()).value(),
                own.isEmpty() ? pref64s : own,
                dns64.value(keys.policy()).value(),
                values(dns64.values(keys.exclude())),
                new HashSet<>(values(dns64.values(keys.on()))),
                domains(dns64, keys).orElse(Map.of()),
                ranges(dns64, keys).orElse(List.of()),
                dns64.value(keys.withCd()).value());
    }

    private Optional<ViewSettings> view(Section item, Switches base) {
        var name = item.required(AnswerKeys.VIEW.name());
        var clients = item.required(AnswerKeys.VIEW.clients());
        var switches = inherited(item, base, AnswerKeys.VIEW.switches());
        return name.map(given -> settings(given.value(), Clients.all(values(clients)), switches));
    }

    private Switches inherited(Section item, Switches base, SwitchKeys keys) {
        return new Switches(
                item.valueIfGiven(keys.synthesize()).orElse(base.synthesize),
                item.valuesIfGiven(keys.pref64()).orElse(base.pref64s),
                item.valueIfGiven(keys.policy()).orElse(base.policy),
                item.valuesIfGiven(keys.exclude()).map(ViewsReader::values).orElse(base.exclude),
                item.valuesIfGiven(keys.on())
                        .<Set<View.Cause>>map(given -> new HashSet<>(values(given)))
                        .orElse(base.on),
                domains(item, keys).orElse(base.domains),
                ranges(item, keys).orElse(base.ranges),
                item.valueIfGiven(keys.withCd()).orElse(base.withCd));
    }

    private Optional<Map<Name, DomainMode>> domains(Section section, SwitchKeys keys) {
        return new DomainsReader(reading, keys.domains()).read(section);
    }

    private Optional<List<Located<Range>>> ranges(Section section, SwitchKeys keys) {
        return new Ipv4RangesReader(reading, keys.ranges(), translateNonGlobal).read(section);
    }

    private ViewSettings settings(String name, Clients clients, Switches switches) {
        announced.addAll(switches.pref64s);
        switches.ranges.forEach(range -> range.value().pref64().ifPresent(pref64 -> announced.add(range.with(pref64))));
        return new ViewSettings(
                clients.ipv6(),
                clients.ipv4(),
                switches.policy,
                new View(
                        name,
                        switches.synthesize,
                        new AddressMapping(fitting(switches.pref64s), values(switches.ranges), translateNonGlobal),
                        new ExclusionSet(switches.exclude),
                        switches.on,
                        DomainModes.of(switches.domains),
                        switches.withCd,
                        View.LONGEST_TTL));
    }

    private List<Pref64> fitting(List<Located<Pref64>> given) {
        if (given.size() > AddressMapping.MAX_PREF64S) {
            reading.error(
                    given.getLast(),
                    "these are %d prefixes, and an answer has room for %d; use views, or remove some"
                            .formatted(given.size(), AddressMapping.MAX_PREF64S));
        }
        // a list with a mistake in it may be empty, and the walk goes on
        return given.isEmpty()
                ? List.of(Pref64.WELL_KNOWN)
                : values(given).subList(0, Math.min(given.size(), AddressMapping.MAX_PREF64S));
    }

    private void refuseSame(List<Located<ViewSettings>> views) {
        if (views.size() > Policy.MAX_VIEWS) {
            reading.error(
                    views.get(Policy.MAX_VIEWS),
                    "there are more than %d views; put clients with the same needs into one"
                            .formatted(Policy.MAX_VIEWS));
        }
        var names = new FirstGiven<String, ViewSettings>();
        var clients = new FirstGiven<Object, ViewSettings>();
        for (var view : views) {
            var settings = view.value();
            names.before(settings.view().name(), view)
                    .ifPresent(earlier -> reading.error(
                            view,
                            "the name %s is a duplicate, first given %s; give each view its own"
                                    .formatted(settings.view().name(), earlier.place())));
            Stream.concat(settings.clientsV6().stream(), settings.clientsV4().stream())
                    .forEach(prefix -> clients.before(prefix, view)
                            .ifPresent(earlier -> refuseSameClients(view, prefix, earlier)));
        }
    }

    private void warnOfRefused(Located<ViewSettings> view, Clients served) {
        var known = served.resolve(Clients.LOCAL.plus(Clients.PRIVATE));
        var settings = view.value();
        Stream.of(
                        Overlaps.IPV6.outside(settings.clientsV6(), known.ipv6()),
                        Overlaps.IPV4.outside(settings.clientsV4(), known.ipv4()))
                .flatMap(List::stream)
                .forEach(prefix -> reading.warn(
                        view,
                        "%s is not among the clients of this gateway; hosts there are refused%s; add it to clients"
                                .formatted(
                                        prefix,
                                        served.auto() ? " unless their network is attached to this host" : "")));
    }

    private void refuseSameClients(Located<ViewSettings> later, Object clients, Located<ViewSettings> earlier) {
        reading.error(
                later,
                "%s are also clients of the view %s %s; remove them from one of the two"
                        .formatted(clients, earlier.value().view().name(), earlier.place()));
    }

    private static <T> List<T> values(List<Located<T>> located) {
        return located.stream().map(Located::value).toList();
    }
}
