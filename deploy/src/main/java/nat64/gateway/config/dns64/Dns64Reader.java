// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.WatchedPrefix;
import nat64.dns64.settings.UpstreamServer;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.common.OwnAddressChecks;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Pref64;
import org.xbill.DNS.Name;

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

    public Dns64Config read(Section dns64) {
        if (!role.value().answersDns() && !dns64.isEmpty()) {
            reading.warn(role, "translator alone answers no queries, so the section dns64 does nothing; remove it");
        }
        var listen = dns64.values(Dns64Keys.LISTEN);
        checkAddresses(listen);
        var upstreams = upstreams(dns64, listen);
        var probed = new PrefixHealthReader(reading).read(dns64);
        var policy = policy(dns64, probed);
        return new Dns64Config(
                new ServingReader(reading, ownAddresses).read(dns64, Endpoints.all(listen)),
                upstreams,
                policy,
                probed.stream().map(Located::value).toList(),
                new CacheConfig(
                        dns64.value(Dns64Keys.CACHE_SIZE).value(),
                        dns64.value(Dns64Keys.SERVE_STALE).value()),
                queryLog(dns64.section(QueryLogKeys.KEYS)));
    }

    private UpstreamsConfig upstreams(Section dns64, List<Located<Endpoints>> listen) {
        var servers = dns64.values(UpstreamKeys.UPSTREAMS);
        var forward = dns64.lists(UpstreamKeys.FORWARD);
        var named = Stream.concat(
                        servers.stream()
                                .flatMap(located ->
                                        located.value().given().stream().map(located::with)),
                        forward.values().stream().flatMap(List::stream))
                .toList();
        named.forEach(upstream -> checkUpstream(upstream, listen));
        return new UpstreamsConfig(
                servers.stream().map(Located::value).reduce(Resolvers.NONE, Resolvers::plus),
                byZone(forward),
                dns64.value(UpstreamKeys.POLICY).value(),
                dns64.value(UpstreamKeys.TIMEOUT).value(),
                dns64.value(UpstreamKeys.AUTHORITIES).value(),
                dns64.value(UpstreamKeys.RANDOMIZE_CASE).value(),
                new DnssecReader(reading).read(dns64.section(DnssecKeys.KEYS), named));
    }

    private static QueryLogConfig queryLog(Section log) {
        return new QueryLogConfig(
                log.value(QueryLogKeys.QUERIES).value(),
                log.value(QueryLogKeys.FORMAT).value());
    }

    private Policy policy(Section dns64, List<Located<WatchedPrefix>> probed) {
        var policy = views.read(dns64);
        if (role.value() == Role.BOTH) {
            views.announced().forEach(announced -> requireTranslated(announced, probed));
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
    private void requireTranslated(Located<Pref64> announced, List<Located<WatchedPrefix>> probed) {
        if (pref64s.stream().noneMatch(own -> own.value().equals(announced.value()))
                && probed.stream().noneMatch(other -> other.value().pref64().equals(announced.value()))) {
            reading.error(
                    announced,
                    announced.value() + " is not one of the prefixes that this gateway translates; add it to pref64,"
                            + " or to dns64.prefix-health if another translator has it");
        }
    }

    private void checkAddresses(List<Located<Endpoints>> endpoints) {
        for (var located : endpoints) {
            located.value().given().forEach(endpoint -> ownAddresses.check(located.with(endpoint.getAddress())));
        }
    }

    private void checkUpstream(Located<UpstreamServer> upstream, List<Located<Endpoints>> listen) {
        var address = upstream.value().address();
        ownAddresses.check(upstream.with(address.getAddress()));
        listen.stream()
                .filter(own -> own.value().given().stream().anyMatch(endpoint -> leadsTo(endpoint, address)))
                .forEach(own -> reading.error(
                        upstream,
                        "is where dns64 itself listens (%s), so it would ask itself; use another resolver"
                                .formatted(own.place())));
    }

    /** Other addresses of the host are known at the start only, and are checked there. */
    private static boolean leadsTo(InetSocketAddress own, InetSocketAddress upstream) {
        return own.equals(upstream)
                || (own.getPort() == upstream.getPort()
                        && own.getAddress().isAnyLocalAddress()
                        && upstream.getAddress().isLoopbackAddress());
    }

    private static Map<Name, List<UpstreamServer>> byZone(Map<Name, List<Located<UpstreamServer>>> forward) {
        var byZone = new LinkedHashMap<Name, List<UpstreamServer>>();
        forward.forEach((zone, servers) ->
                byZone.put(zone, servers.stream().map(Located::value).toList()));
        return byZone;
    }
}
