// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.util.HashSet;
import java.util.List;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.WatchedPrefix;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.common.OwnAddressChecks;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.dns64.upstream.UpstreamsReader;
import nat64.gateway.config.dns64.view.ViewsReader;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Pref64;

/** Reads the section {@code dns64}. */
public final class Dns64Reader {

    private final Reading reading;
    private final Located<Role> role;
    private final OwnAddressChecks ownAddresses;
    private final List<Located<Pref64>> pref64s;
    private final ViewsReader views;

    public Dns64Reader(
            Reading reading,
            Located<Role> role,
            OwnAddressChecks ownAddresses,
            List<Located<Pref64>> pref64s,
            boolean translateNonGlobal) {
        this.reading = reading;
        this.role = role;
        this.ownAddresses = ownAddresses;
        this.pref64s = pref64s;
        this.views = new ViewsReader(reading, pref64s, translateNonGlobal);
    }

    /**
     * Reads the section.
     *
     * @param served who may use the gateway
     */
    public Dns64Config read(Section dns64, Clients served) {
        if (!role.value().answersDns() && !dns64.isEmpty()) {
            reading.warn(role, "translator alone answers no queries, so the section dns64 does nothing; remove it");
        }
        var listen = dns64.values(Dns64Keys.LISTEN);
        checkAddresses(listen);
        var upstreams = new UpstreamsReader(reading, ownAddresses).read(dns64, listen);
        var probed = new PrefixHealthReader(reading).read(dns64);
        var policy = policy(dns64, served, probed);
        return new Dns64Config(
                new ServingReader(reading, ownAddresses).read(dns64, Endpoints.all(listen)),
                upstreams,
                policy,
                views.synthesizesOwn(dns64),
                probed.stream().map(Located::value).toList(),
                new CacheConfig(
                        dns64.value(Dns64Keys.CACHE_SIZE).value(),
                        dns64.value(Dns64Keys.SERVE_STALE).value()),
                queryLog(dns64.section(QueryLogKeys.KEYS)));
    }

    private static QueryLogConfig queryLog(Section log) {
        return new QueryLogConfig(
                log.value(QueryLogKeys.QUERIES).value(),
                log.value(QueryLogKeys.FORMAT).value());
    }

    private Policy policy(Section dns64, Clients served, List<Located<WatchedPrefix>> probed) {
        var policy = views.read(dns64, served);
        if (role.value() == Role.BOTH) {
            requireTranslated(views.announced(), probed);
        }
        for (var watched : probed) {
            if (!policy.pref64s().contains(watched.value().pref64())) {
                reading.error(
                        watched,
                        watched.value().pref64() + " is in no answer, so it need not be probed; add it to"
                                + " dns64.pref64 or to a view");
            }
        }
        return policy;
    }

    /** RFC 6147, section 5.2: the DNS64 and the translator must agree, or clients reach no one. */
    private void requireTranslated(List<Located<Pref64>> announced, List<Located<WatchedPrefix>> probed) {
        var translated = new HashSet<Pref64>();
        pref64s.forEach(own -> translated.add(own.value()));
        probed.forEach(other -> translated.add(other.value().pref64()));
        for (var pref64 : announced) {
            if (!translated.contains(pref64.value())) {
                reading.error(
                        pref64,
                        pref64.value() + " is not one of the prefixes that this gateway translates; add it to pref64,"
                                + " or to dns64.prefix-health if another translator has it");
            }
        }
    }

    private void checkAddresses(List<Located<Endpoints>> endpoints) {
        for (var located : endpoints) {
            located.value().given().forEach(endpoint -> ownAddresses.check(located.with(endpoint.getAddress())));
        }
    }
}
