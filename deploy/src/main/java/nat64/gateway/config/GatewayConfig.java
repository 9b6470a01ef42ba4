// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import nat64.dns64.server.Dns64Settings;
import nat64.dns64.server.QueryLogEntry;
import nat64.dns64.server.QueryLogSettings;
import nat64.dns64.server.WatchedPrefix;
import nat64.dns64.upstream.UpstreamSettings;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.SiitSettings;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.translate.NextHopMtus;

/**
 * The whole configuration, every default filled in. {@code auto} is still unresolved in it, since that needs the host.
 *
 * @param pref64s at least one, none overlaps another
 * @param translateNonGlobal whether the Well-Known Prefix may carry IPv4 addresses that are not global
 */
public record GatewayConfig(
        Role role,
        List<Pref64> pref64s,
        Clients clients,
        boolean translateNonGlobal,
        TranslatorConfig translator,
        Dns64Config dns64,
        AdminConfig admin,
        LogConfig log) {

    public GatewayConfig {
        pref64s = List.copyOf(pref64s);
    }

    /** The same with other clients and another DNS64: those that the host tells in the place of {@code auto}. */
    public GatewayConfig with(Clients otherClients, Dns64Config otherDns64) {
        return new GatewayConfig(role, pref64s, otherClients, translateNonGlobal, translator, otherDns64, admin, log);
    }

    /**
     * What the translator has to be told in the mode that is configured; no {@code auto} may be left but in the MTUs.
     *
     * @param hostMtus what {@code auto} MTUs stand for
     */
    public PacketTranslatorSettings modeSettings(NextHopMtus hostMtus) {
        return translator.mode().isStateless() ? siitSettings(hostMtus) : translatorSettings(hostMtus);
    }

    /** As {@link #translatorSettings(NextHopMtus)}, where nothing is known of the host's links. */
    public TranslatorSettings translatorSettings() {
        return translatorSettings(NextHopMtus.UNLIMITED);
    }

    /**
     * What the translator has to be told; no {@code auto} may be left but in the MTUs.
     *
     * @param hostMtus what {@code auto} MTUs stand for
     */
    public TranslatorSettings translatorSettings(NextHopMtus hostMtus) {
        return new TranslatorSettings(
                pref64s,
                translator.pool4(),
                clients.ipv6(),
                translateNonGlobal,
                translator.lifetimes(),
                translator.maxSessions(),
                translator.device().translatorAddress(),
                translator.translation().icmpErrorsPerSecond(),
                translator.translation().options(hostMtus),
                translator.state(),
                translator.fragments());
    }

    /** A CLAT's only IPv4 hosts are those with a mapping, and all that it knows on the IPv6 side is behind the PLAT. */
    private SiitSettings siitSettings(NextHopMtus hostMtus) {
        var stateless = translator.stateless();
        var clat = stateless.clat();
        return new SiitSettings(
                pref64s,
                clat.map(List::of).orElse(stateless.eams()),
                clat.isPresent() ? pref64s.stream().map(Pref64::prefix).toList() : stateless.ipv6Hosts(),
                clat.isPresent() ? List.of() : List.of(new Ipv4Prefix(0, 0)),
                translateNonGlobal,
                stateless.icmpSources(),
                stateless.interfaceInformation(),
                clat.isPresent() ? EamHairpinning.OFF : stateless.hairpinning(),
                stateless.computeUdpChecksum(),
                clat.map(eam -> eam.ipv6().first()).orElse(translator.device().translatorAddress()),
                translator.translation().icmpErrorsPerSecond(),
                translator.translation().options(hostMtus));
    }

    /**
     * What the DNS64 has to be told; no {@code auto} may be left.
     *
     * @param queryLog takes the answered queries that are logged
     * @param watchedHere prefixes of which this process knows whether they work; those that are probed come to them
     */
    public Dns64Settings dns64Settings(List<WatchedPrefix> watchedHere, Consumer<QueryLogEntry> queryLog) {
        return new Dns64Settings(
                dns64.listen().given(),
                clients.ipv6(),
                clients.ipv4(),
                new UpstreamSettings(
                        dns64.upstreams().given(),
                        dns64.forward(),
                        dns64.upstreamPolicy(),
                        dns64.upstreamTimeout(),
                        dns64.authorities(),
                        dns64.serveStale(),
                        dns64.randomizeCase(),
                        dns64.dnssec()),
                dns64.policy(),
                Stream.concat(watchedHere.stream(), dns64.probed().stream()).toList(),
                dns64.cacheSize(),
                dns64.threads(),
                new QueryLogSettings(dns64.queryLog().every(), queryLog),
                dns64.serving().settings());
    }
}
