// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import nat64.dns64.Dns64Settings;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.settings.WatchedPrefix;
import nat64.dns64.statistics.QueryLogEntry;
import nat64.gateway.config.admin.AdminConfig;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.common.LogConfig;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.dns64.Dns64Config;
import nat64.gateway.config.translator.ProbeFlows;
import nat64.gateway.config.translator.TranslatorConfig;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.SiitSettings;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Eam;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.session.policy.ProbeFlow;
import nat64.translator.translate.NextHopMtus;

/**
 * The whole configuration, with every default. {@code auto} is still unresolved in it, since that needs the host.
 *
 * @param pref64s none overlaps another; at least one, except in mode {@code siit}
 * @param translateNonGlobal whether the Well-Known Prefix may carry IPv4 addresses that are not global
 */
public record GatewayConfig(
        Role role,
        List<Pref64> pref64s,
        Clients clients,
        boolean translateNonGlobal,
        TranslatorConfig translator,
        Dns64Config dns64,
        OperationConfig operation) {

    public GatewayConfig {
        pref64s = List.copyOf(pref64s);
    }

    /** The same with other clients and another DNS64: those that the host has for {@code auto}. */
    public GatewayConfig with(Clients otherClients, Dns64Config otherDns64) {
        return new GatewayConfig(role, pref64s, otherClients, translateNonGlobal, translator, otherDns64, operation);
    }

    /** The IPv6 prefixes that the translator forwards to the IPv4 side, which lead to it. */
    public List<Ipv6Prefix> ipv6Routes() {
        var eams = translator.mode().isStateless() ? translator.stateless().ipv4Eams() : List.<Eam>of();
        return Stream.concat(pref64s.stream().map(Pref64::prefix), eams.stream().map(Eam::ipv6))
                .toList();
    }

    /** The same with another translating half. */
    public GatewayConfig with(TranslatorConfig otherTranslator) {
        return new GatewayConfig(role, pref64s, clients, translateNonGlobal, otherTranslator, dns64, operation);
    }

    /** The HTTP server for the operator. */
    public AdminConfig admin() {
        return operation.admin();
    }

    /** How much is logged, and how it looks. */
    public LogConfig log() {
        return operation.log();
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
                translator.stateful().pool4(),
                clients.ipv6(),
                translateNonGlobal,
                translator.stateful().lifetimes(),
                translator.stateful().maxSessions(),
                translator.device().translatorAddress(),
                translator.translation().icmpErrorsPerSecond(),
                translator.translation().options(hostMtus),
                translator.stateful().boundPolicy().with(probe()),
                translator.stateful().fragments(),
                translator.stateful().drained());
    }

    /** The datagrams by which the gateway finds out whether packets get through its translator. */
    public ProbeFlow probe() {
        return translator.isProbed() ? ProbeFlows.of(translator.device().name()) : ProbeFlow.NONE;
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
                stateless.translatorIpv4(),
                translator.translation().icmpErrorsPerSecond(),
                translator.translation().options(hostMtus));
    }

    /**
     * What the DNS64 has to be told; no {@code auto} may be left.
     *
     * @param refused IPv4 addresses for which no AAAA records are made
     * @param queryLog takes the answered queries that are logged
     * @param watchedHere prefixes of which this process knows whether they work; those that are only probed come to
     *     them
     */
    public Dns64Settings dns64Settings(
            List<WatchedPrefix> watchedHere, List<Ipv4Prefix> refused, Consumer<QueryLogEntry> queryLog) {
        return new Dns64Settings(
                dns64.listen().plain().given(),
                clients.ipv6(),
                clients.ipv4(),
                dns64.upstreamSettings(),
                dns64.policy().refusing(refused),
                Stream.concat(
                                watchedHere.stream(),
                                dns64.probed().stream().filter(probed -> isElsewhere(probed, watchedHere)))
                        .toList(),
                dns64.cache().size(),
                dns64.listen().threads(),
                new QueryLogSettings(dns64.queryLog().every(), queryLog),
                dns64.listen().serving());
    }

    private static boolean isElsewhere(WatchedPrefix probed, List<WatchedPrefix> watchedHere) {
        return watchedHere.stream().noneMatch(here -> here.pref64().equals(probed.pref64()));
    }
}
