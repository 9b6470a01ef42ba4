// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import java.util.Optional;
import nat64.translator.address.Eam;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;

/** Reads {@code translator.stateless} and {@code translator.clat}. */
final class StatelessReader {

    private static final Format<Ipv4Prefix> IPV4 = Formats.IPV4_PREFIX.and(StatelessReader::requireRouted);
    private static final Format<Optional<Ipv6Prefix>> IPV6_OR_NONE = new Format<>(
            "2001:db8:1::c1a7",
            text -> text.equals("none") ? Optional.empty() : Optional.of(Formats.IPV6_PREFIX.parse(text)));

    private final Reading reading;
    private final List<Located<Pref64>> pref64s;

    StatelessReader(Reading reading, List<Located<Pref64>> pref64s) {
        this.reading = reading;
        this.pref64s = pref64s;
    }

    private enum UdpWithoutChecksum {
        DROP,
        COMPUTE
    }

    StatelessConfig read(Section stateless, Section clat, Located<TranslatorMode> mode) {
        var eams = eams(stateless);
        var ipv6Hosts = stateless.valuesIfAny("ipv6-hosts", "[]", Formats.IPV6_PREFIX);
        ipv6Hosts.forEach(this::requirePref64);
        var own = clat(clat, mode);
        if (mode.value() == TranslatorMode.SIIT && eams.isEmpty() && ipv6Hosts.isEmpty()) {
            reading.error(mode, "no IPv6 host has an IPv4 address; list them in translator.stateless.eam");
        }
        if (mode.value() == TranslatorMode.CLAT && !(eams.isEmpty() && ipv6Hosts.isEmpty())) {
            reading.error(
                    mode, "clat has the mapping of translator.clat alone; delete eam and ipv6-hosts, or make it siit");
        }
        if (!mode.value().isStateless() && !(stateless.isEmpty() && clat.isEmpty())) {
            reading.warn(
                    mode, "nat64 keeps state, so translator.stateless and translator.clat do nothing; delete them");
        }
        return new StatelessConfig(
                eams.stream().map(Located::value).toList(),
                ipv6Hosts.stream().map(Located::value).toList(),
                stateless.values("icmp-sources", "[192.0.0.8]", IPV4).stream()
                        .map(Located::value)
                        .toList(),
                stateless
                        .value("interface-information", "true", Formats.BOOLEAN)
                        .value(),
                stateless
                        .value("hairpinning", "intrinsic", Formats.oneOf(EamHairpinning.class))
                        .value(),
                stateless
                                .value("udp-without-checksum", "drop", Formats.oneOf(UdpWithoutChecksum.class))
                                .value()
                        == UdpWithoutChecksum.COMPUTE,
                own);
    }

    private List<Located<Eam>> eams(Section stateless) {
        var eams = stateless.sectionsIfAny("eam", List.of("ipv4", "ipv6")).stream()
                .flatMap(item -> eam(item.value()).stream())
                .toList();
        Pairs.of(eams).forEach((earlier, later) -> {
            var one = earlier.value();
            var other = later.value();
            if (one.ipv4().equals(other.ipv4()) || one.ipv6().equals(other.ipv6())) {
                reading.error(
                        later,
                        "%s has a prefix of %s %s, too; delete one of the two".formatted(other, one, earlier.place()));
            } else if (one.overlaps(other)) {
                reading.warn(
                        later,
                        "%s overlaps %s %s; an address gets the mapping with the longest prefix"
                                .formatted(other, one, earlier.place()));
            }
        });
        return eams;
    }

    private Optional<Located<Eam>> eam(Section item) {
        var ipv4 = item.required("ipv4", IPV4);
        var ipv6 = item.required("ipv6", Formats.IPV6_PREFIX);
        return ipv4.isEmpty() || ipv6.isEmpty()
                ? Optional.empty()
                : eam(ipv4.get().value(), ipv6.get()).map(ipv6.get()::with);
    }

    private Optional<Eam> eam(Ipv4Prefix ipv4, Located<Ipv6Prefix> ipv6) {
        try {
            return Optional.of(new Eam(ipv4, ipv6.value()));
        } catch (IllegalArgumentException e) {
            reading.error(ipv6, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Eam> clat(Section clat, Located<TranslatorMode> mode) {
        var ipv4 = clat.value("ipv4", "192.0.0.1", IPV4);
        var ipv6 = clat.value("ipv6", "none", IPV6_OR_NONE);
        if (mode.value() != TranslatorMode.CLAT) {
            return Optional.empty();
        }
        if (ipv6.value().isEmpty()) {
            reading.error(
                    mode,
                    "a CLAT needs an IPv6 address of its own, which the network routes to this host; set"
                            + " translator.clat.ipv6, for example to 2001:db8:1::c1a7");
            return Optional.empty();
        }
        var prefix = ipv6.value().get();
        for (var pref64 : pref64s) {
            if (pref64.value().prefix().overlaps(prefix)) {
                reading.error(
                        ipv6,
                        "%s is inside the Pref64 %s %s; use an address outside"
                                .formatted(prefix, pref64.value(), pref64.place()));
            }
        }
        return eam(ipv4.value(), ipv6.with(prefix));
    }

    private void requirePref64(Located<Ipv6Prefix> hosts) {
        boolean inside = pref64s.stream()
                .anyMatch(pref64 ->
                        pref64.value().prefix().length() <= hosts.value().length()
                                && pref64.value().prefix().overlaps(hosts.value()));
        if (!inside) {
            reading.error(
                    hosts,
                    hosts.value() + " is inside no Pref64, so these hosts have no IPv4 address; list them in"
                            + " translator.stateless.eam");
        }
    }

    private static void requireRouted(Ipv4Prefix prefix) {
        if (!SpecialIpv4.isRouted(prefix.address()) && prefix.length() > 0) {
            throw new IllegalArgumentException(
                    Ipv4Address.format(prefix.address()) + " is never routed; use an address of your own");
        }
    }
}
