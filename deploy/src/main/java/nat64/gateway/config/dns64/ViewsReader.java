// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nat64.dns64.server.Policy;
import nat64.dns64.server.PrefixPolicy;
import nat64.dns64.server.ViewSettings;
import nat64.dns64.synthesis.AddressMapping;
import nat64.dns64.synthesis.AddressMapping.Range;
import nat64.dns64.synthesis.DomainMode;
import nat64.dns64.synthesis.DomainModes;
import nat64.dns64.synthesis.ExclusionSet;
import nat64.dns64.synthesis.OwnNames;
import nat64.dns64.synthesis.View;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Pairs;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import org.xbill.DNS.Name;

/** Reads how AAAA questions are answered: for everybody, and in {@code views} for some. */
final class ViewsReader {

    private static final String INHERIT = "inherit";
    private static final Format<View.Cause> CAUSE = Formats.oneOf(View.Cause.class);
    private static final Format<PrefixPolicy> POLICY = Formats.oneOf(PrefixPolicy.class);
    private static final Format<String> NAME = new Format<>("site-a", ViewsReader::viewName);
    private static final Format<Clients> CLIENTS = AddressFormats.CLIENTS.and(ViewsReader::refuseAuto);

    private final Reading reading;
    private final List<Located<Pref64>> pref64s;
    private final boolean translateNonGlobal;
    private final DomainsReader domains;
    private final Ipv4RangesReader ranges;
    private final List<Located<Pref64>> announced = new ArrayList<>();

    /**
     * @param pref64s those of the whole gateway
     */
    ViewsReader(Reading reading, List<Located<Pref64>> pref64s, boolean translateNonGlobal) {
        this.reading = reading;
        this.pref64s = pref64s;
        this.translateNonGlobal = translateNonGlobal;
        this.domains = new DomainsReader(reading);
        this.ranges = new Ipv4RangesReader(reading, translateNonGlobal);
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
            boolean withCd) {}

    /** Every prefix that some answer may show, with its place. */
    List<Located<Pref64>> announced() {
        return announced;
    }

    Policy read(Section dns64) {
        var own = dns64.valuesIfAny("pref64", "[]", AddressFormats.PREF64);
        var base = new Switches(
                dns64.value("synthesize", "true", Formats.BOOLEAN).value(),
                own.isEmpty() ? pref64s : own,
                dns64.value("pref64-policy", "all", POLICY).value(),
                values(dns64.valuesIfAny("exclude", "[\"::ffff:0:0/96\"]", AddressFormats.IPV6_PREFIX)),
                new HashSet<>(values(dns64.values("synthesize-on", "[nodata, error, timeout]", CAUSE))),
                domains.read(dns64, "[]").orElse(Map.of()),
                ranges.read(dns64, "[]").orElse(List.of()),
                dns64.value("synthesize-with-cd", "false", Formats.BOOLEAN).value());
        var otherwise = settings("default", Clients.NONE, base);
        var views = dns64.each("views", "[]", "[{name: site-a, clients: [10.0.0.0/8]}]", item -> view(item, base))
                .orElse(List.of());
        refuseSame(views);
        return new Policy(
                values(views),
                otherwise,
                List.copyOf(base.domains.keySet()),
                dns64.value("ptr", "cname", Formats.oneOf(Ptr.class)).value() == Ptr.INLINE,
                new OwnNames(
                        dns64.value("nat64-name", "none", ServingReader.NAME).value(),
                        dns64.value("browser-canary", "true", Formats.BOOLEAN).value()));
    }

    private enum Ptr {
        CNAME,
        INLINE
    }

    private Optional<ViewSettings> view(Section item, Switches base) {
        var name = item.required("name", NAME);
        var clients = item.requiredList("clients", CLIENTS);
        var switches = new Switches(
                item.valueIfGiven("synthesize", INHERIT, Formats.BOOLEAN).orElse(base.synthesize),
                item.valuesIfGiven("pref64", INHERIT, AddressFormats.PREF64).orElse(base.pref64s),
                item.valueIfGiven("pref64-policy", INHERIT, POLICY).orElse(base.policy),
                item.valuesIfGiven("exclude", INHERIT, AddressFormats.IPV6_PREFIX)
                        .map(ViewsReader::values)
                        .orElse(base.exclude),
                item.valuesIfGiven("synthesize-on", INHERIT, CAUSE)
                        .<Set<View.Cause>>map(given -> new HashSet<>(values(given)))
                        .orElse(base.on),
                domains.read(item, INHERIT).orElse(base.domains),
                ranges.read(item, INHERIT).orElse(base.ranges),
                item.valueIfGiven("synthesize-with-cd", INHERIT, Formats.BOOLEAN)
                        .orElse(base.withCd));
        return name.map(given ->
                settings(given.value(), values(clients).stream().reduce(Clients.NONE, Clients::plus), switches));
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
                    "these are %d prefixes, and answers have room for %d; use views, or delete some"
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
        Pairs.of(views).forEach((earlier, later) -> {
            var one = earlier.value();
            var other = later.value();
            if (one.view().name().equals(other.view().name())) {
                reading.error(
                        later,
                        "the name %s stands there twice, first %s; give each view its own"
                                .formatted(one.view().name(), earlier.place()));
            }
            other.clientsV6().stream()
                    .filter(one.clientsV6()::contains)
                    .forEach(clients -> refuseSameClients(later, clients, earlier));
            other.clientsV4().stream()
                    .filter(one.clientsV4()::contains)
                    .forEach(clients -> refuseSameClients(later, clients, earlier));
        });
    }

    private void refuseSameClients(Located<ViewSettings> later, Object clients, Located<ViewSettings> earlier) {
        reading.error(
                later,
                "%s are clients of the view %s %s, too; delete them in one of the two"
                        .formatted(clients, earlier.value().view().name(), earlier.place()));
    }

    private static String viewName(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}") || text.equals("default")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no name for a view; use up to 63 letters, digits, '.',"
                            + " '_' and '-', and not default, which is the view of everybody else");
        }
        return text;
    }

    private static void refuseAuto(Clients clients) {
        if (clients.auto()) {
            throw new IllegalArgumentException(
                    "auto says nothing about who these clients are; write their prefixes, such as 2001:db8:1::/48");
        }
    }

    private static <T> List<T> values(List<Located<T>> located) {
        return located.stream().map(Located::value).toList();
    }
}
