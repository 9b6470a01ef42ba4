// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import java.util.Optional;
import nat64.gateway.config.common.Overlaps;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.gateway.config.translator.StatelessKeys.UdpWithoutChecksum;
import nat64.translator.address.Eam;
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
        var eams = eams(stateless);
        var ipv6Hosts = stateless.values(StatelessKeys.IPV6_HOSTS);
        ipv6Hosts.forEach(this::requirePref64);
        var own = clat(clat, mode);
        if (mode.value() == TranslatorMode.SIIT && eams.isEmpty() && ipv6Hosts.isEmpty()) {
            reading.error(mode, "no IPv6 host has an IPv4 address; list the hosts in translator.stateless.eam");
        }
        if (mode.value() == TranslatorMode.CLAT && !(eams.isEmpty() && ipv6Hosts.isEmpty())) {
            reading.error(
                    mode,
                    "clat uses only the mapping of translator.clat; remove eam and ipv6-hosts, or set"
                            + " translator.mode: siit");
        }
        if (!mode.value().isStateless() && !(stateless.isEmpty() && clat.isEmpty())) {
            reading.warn(
                    mode, "nat64 keeps state, so translator.stateless and translator.clat do nothing; remove them");
        }
        return new StatelessConfig(
                eams.stream().map(Located::value).toList(),
                ipv6Hosts.stream().map(Located::value).toList(),
                stateless.values(StatelessKeys.ICMP_SOURCES).stream()
                        .map(Located::value)
                        .toList(),
                stateless.value(StatelessKeys.INTERFACE_INFORMATION).value(),
                stateless.value(StatelessKeys.HAIRPINNING).value(),
                stateless.value(StatelessKeys.UDP_WITHOUT_CHECKSUM).value() == UdpWithoutChecksum.COMPUTE,
                own);
    }

    private List<Located<Eam>> eams(Section stateless) {
        var eams = stateless.each(StatelessKeys.EAM, this::eam).stream()
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

    private Optional<Located<Eam>> eam(Section item) {
        var ipv4 = item.required(StatelessKeys.EAM_IPV4);
        var ipv6 = item.required(StatelessKeys.EAM_IPV6);
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
