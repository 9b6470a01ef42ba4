// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nat64.gateway.config.common.Overlaps;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.gateway.config.translator.StatelessKeys.HostSide;
import nat64.gateway.config.translator.StatelessKeys.UdpWithoutChecksum;
import nat64.translator.address.Eam;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;

/** Reads {@code translator.stateless} and {@code translator.clat}. */
final class StatelessReader {

    private final Reading reading;
    private final List<Located<Pref64>> pref64s;

    StatelessReader(Reading reading, List<Located<Pref64>> pref64s) {
        this.reading = reading;
        this.pref64s = pref64s;
    }

    StatelessConfig read(Section stateless, Section clat, Located<TranslatorMode> mode) {
        var ipv4Eams = new ArrayList<Eam>();
        var eams = eams(stateless, ipv4Eams);
        var mayBeEmpty = stateless.value(StatelessKeys.EAM_FILE).value(); // a reload may bring the first ones
        var ipv6Hosts = stateless.values(StatelessKeys.IPV6_HOSTS);
        ipv6Hosts.forEach(this::requirePref64);
        var own = clat(clat, mode);
        var hairpinning = stateless.value(StatelessKeys.HAIRPINNING);
        checkMode(
                mode,
                eams.isEmpty() && ipv6Hosts.isEmpty() && (mayBeEmpty.isEmpty() || pref64s.isEmpty()),
                stateless.isEmpty() && clat.isEmpty());
        if (mode.value() == TranslatorMode.SIIT && pref64s.isEmpty() && hairpinning.value() == EamHairpinning.SIMPLE) {
            reading.error(
                    hairpinning, "simple needs a Pref64, under which hosts see each other; set pref64, or write off");
        }
        var icmpSources = stateless.values(StatelessKeys.ICMP_SOURCES).stream()
                .map(Located::value)
                .toList();
        var mappings = eams.stream().map(Located::value).toList();
        return new StatelessConfig(
                mappings,
                ipv4Eams,
                ipv6Hosts.stream().map(Located::value).toList(),
                icmpSources,
                translatorIpv4(stateless, own.map(List::of).orElse(mappings), icmpSources, mode),
                stateless.value(StatelessKeys.INTERFACE_INFORMATION).value(),
                hairpinning.value(),
                stateless.value(StatelessKeys.UDP_WITHOUT_CHECKSUM).value() == UdpWithoutChecksum.COMPUTE,
                own);
    }

    private void checkMode(Located<TranslatorMode> mode, boolean noHosts, boolean noKeys) {
        if (mode.value() == TranslatorMode.SIIT && noHosts) {
            reading.error(mode, "no IPv6 host has an IPv4 address; list the hosts in translator.stateless.eam");
        }
        if (mode.value() == TranslatorMode.CLAT && !noHosts) {
            reading.error(
                    mode,
                    "clat uses only the mapping of translator.clat; remove eam and ipv6-hosts, or set"
                            + " translator.mode: siit");
        }
        if (!mode.value().isStateless() && !noKeys) {
            reading.warn(
                    mode, "nat64 keeps state, so translator.stateless and translator.clat do nothing; remove them");
        }
    }

    /** The translator's own address is no host's: hosts would get errors from each other. */
    private int translatorIpv4(
            Section stateless, List<Eam> eams, List<Ipv4Prefix> icmpSources, Located<TranslatorMode> mode) {
        var key = stateless.value(StatelessKeys.TRANSLATOR_IPV4);
        int address = key.value()
                .resolve(() -> icmpSources.stream()
                        .findFirst()
                        .map(Ipv4Prefix::address)
                        .orElse(0));
        if (mode.value().isStateless()) {
            eams.stream()
                    .filter(eam -> eam.ipv4().contains(address))
                    .forEach(eam -> reading.error(
                            key.value().isAuto() ? mode.with(address) : key.with(address),
                            "%s is the translator's own address, and %s gives it to a host; set"
                                            .formatted(Ipv4Address.format(address), eam)
                                    + " translator.stateless.translator-ipv4 to an address that no host has"));
        }
        return address;
    }

    private List<Located<Eam>> eams(Section stateless, List<Eam> ipv4Eams) {
        var eams = stateless.each(StatelessKeys.EAM, item -> eam(item, ipv4Eams)).stream()
                .map(Located::value)
                .toList();
        Overlaps.IPV4.forEach(eams, Eam::ipv4, this::reportOverlap);
        Overlaps.IPV6.forEach(eams, Eam::ipv6, this::reportOverlap);
        return eams;
    }

    private void reportOverlap(Located<Eam> earlier, Located<Eam> later) {
        var one = earlier.value();
        var other = later.value();
        if (one.ipv4().equals(other.ipv4()) || one.ipv6().equals(other.ipv6())) {
            reading.error(
                    later,
                    "%s has the same prefix as %s %s; remove one of the two".formatted(other, one, earlier.place()));
        } else {
            reading.warn(
                    later,
                    "%s overlaps %s %s; an address gets the mapping with the longest prefix"
                            .formatted(other, one, earlier.place()));
        }
    }

    private Optional<Located<Eam>> eam(Section item, List<Eam> ipv4Eams) {
        var ipv4 = item.required(StatelessKeys.EAM_IPV4);
        var ipv6 = item.required(StatelessKeys.EAM_IPV6);
        boolean onIpv4Side = item.value(StatelessKeys.EAM_HOSTS).value() == HostSide.IPV4;
        if (ipv4.isEmpty() || ipv6.isEmpty()) {
            return Optional.empty();
        }
        var eam = eam(ipv4.get().value(), ipv6.get());
        eam.filter(_ -> onIpv4Side).ifPresent(ipv4Eams::add);
        return eam.map(ipv6.get()::with);
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
        var ipv4 = clat.value(ClatKeys.IPV4);
        var ipv6 = clat.value(ClatKeys.IPV6);
        if (mode.value() != TranslatorMode.CLAT) {
            return Optional.empty();
        }
        if (ipv6.value().isEmpty()) {
            reading.error(
                    mode,
                    "a CLAT needs its own IPv6 address, which the network routes to this host; set"
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
                    hosts.value() + " is not inside a Pref64, so these hosts have no IPv4 address; list them in"
                            + " translator.stateless.eam");
        }
    }
}
