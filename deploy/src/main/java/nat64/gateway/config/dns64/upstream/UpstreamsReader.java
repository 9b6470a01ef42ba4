// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.upstream;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nat64.dns64.settings.CacheRules;
import nat64.dns64.settings.UpstreamServer;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.common.OwnAddressChecks;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import org.xbill.DNS.Name;

/** Reads the keys of the section {@code dns64} that say who is asked. */
public final class UpstreamsReader {

    private final Reading reading;
    private final OwnAddressChecks ownAddresses;

    public UpstreamsReader(Reading reading, OwnAddressChecks ownAddresses) {
        this.reading = reading;
        this.ownAddresses = ownAddresses;
    }

    /**
     * Who is asked, and how.
     *
     * @param listen where the DNS64 itself answers
     */
    public UpstreamsConfig read(Section dns64, List<Located<Endpoints>> listen) {
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
                Resolvers.all(servers),
                byZone(forward),
                dns64.value(UpstreamKeys.POLICY).value(),
                dns64.value(UpstreamKeys.TIMEOUT).value(),
                dns64.value(UpstreamKeys.AUTHORITIES).value(),
                dns64.value(UpstreamKeys.RANDOMIZE_CASE).value(),
                new DnssecReader(reading).read(dns64.section(DnssecKeys.KEYS), named),
                cacheRules(dns64, forward.keySet()));
    }

    private CacheRules cacheRules(Section dns64, Set<Name> forwarded) {
        var uncached = new HashSet<Name>();
        for (var zone : dns64.values(UpstreamKeys.UNCACHED)) {
            if (forwarded.contains(zone.value())) {
                uncached.add(zone.value());
            } else {
                reading.error(
                        zone, zone.value() + " is not a zone of dns64.forward; add it there, or remove it from here");
            }
        }
        return new CacheRules(dns64.value(UpstreamKeys.NXDOMAIN_CUT).value(), uncached);
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
