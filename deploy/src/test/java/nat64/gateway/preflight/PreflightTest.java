// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nat64.gateway.auto.HostAddresses;
import nat64.gateway.auto.HostAddresses.Attachment;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.json.Json;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.session.pool4.HostPorts;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import org.junit.jupiter.api.Test;

class PreflightTest {

    private static final String DROPPING = """
            {"nftables":[{"metainfo":{"version":"1.0.9"}},
             {"chain":{"family":"ip","table":"filter","name":"FORWARD","hook":"forward","policy":"drop"}},
             {"chain":{"family":"ip","table":"filter","name":"INPUT","hook":"input","policy":"drop"}},
             {"chain":{"family":"ip","table":"filter","name":"DOCKER-USER"}}]}
            """;
    private static final String FIREWALLD = """
            {"nftables":[{"chain":{"family":"inet","table":"firewalld","name":"%s"}},
             {"chain":{"family":"inet","table":"firewalld","name":"filter_FORWARD",
               "hook":"forward","policy":"accept"}}]}
            """;
    private static final GatewayConfig DEFAULTS = ConfigFile.defaults().config();
    private static final HostAddresses ROUTER = new HostAddresses(
            List.of(
                    new Attachment("wan", InetAddress.ofLiteral("203.0.113.7"), 24),
                    new Attachment("lan", InetAddress.ofLiteral("10.0.0.1"), 24)),
            Set.of("wan"));

    @Test
    void aHostWithoutObstaclesHasNone() {
        assertThat(warnings("", "{\"nftables\":[]}", Map.of())).isEmpty();
    }

    @Test
    void aFirewallThatDropsIsNamedWithWhatHelps() {
        assertThat(warnings("", DROPPING, Map.of()))
                .singleElement()
                .asString()
                .startsWith(
                        "firewall: the chain ip filter FORWARD drops forwarded packets that no rule accepts (Docker is in"
                                + " use); ")
                .contains("-I DOCKER-USER -i nat64 -j ACCEPT");
    }

    /** Its chain accepts by policy, and ends with a rule that rejects. */
    @Test
    void firewalldNeedsAPolicyForTheDevice() {
        assertThat(warnings("", FIREWALLD.formatted("filter_FWD_policy_allow-host"), Map.of()))
                .singleElement()
                .asString()
                .startsWith(
                        "firewall: firewalld rejects what goes from one zone to another unless a policy accepts it, and"
                                + " has no policy named nat64; ")
                .contains("--new-policy=nat64");
        assertThat(warnings("", FIREWALLD.formatted("filter_FWD_policy_nat64"), Map.of()))
                .isEmpty();
    }

    @Test
    void connectionTrackingThatForgetsEarlierIsTold() {
        var kernel = Map.of(
                "netfilter/nf_conntrack_max", "1000",
                "netfilter/nf_conntrack_udp_timeout", "30",
                "netfilter/nf_conntrack_tcp_timeout_established", "432000");

        assertThat(warnings("translator: {max-sessions: 65536}", "{}", kernel))
                .containsExactly(
                        "connection tracking: the kernel tracks 1000 connections, fewer than the 65536 sessions of"
                                + " translator.max-sessions; set net.netfilter.nf_conntrack_max=65536, or lower"
                                + " translator.max-sessions",
                        "connection tracking: masquerade forgets idle flows before the translator does (udp 30 s instead of"
                                + " 300 s): servers no longer reach the client then; set"
                                + " net.netfilter.nf_conntrack_udp_timeout=300");
        assertThat(warnings("translator: {masquerade: false, pool4: [{prefix: 192.0.2.0/29}]}", "{}", kernel))
                .isEmpty();
    }

    @Test
    void aHostThatWouldKeepNoPortsIsTold() {
        var kernel = Map.of("ipv4/ip_local_port_range", "40000\t60000");

        assertThat(warnings("", "{}", kernel))
                .singleElement()
                .asString()
                .startsWith(
                        "ports of pool4: net.ipv4.ip_local_port_range (40000-60000) leaves programs of this host too"
                                + " few ports beside 36864-65534, so pool4 is masqueraded; ");
        assertThat(warnings("translator: {pool4: [{prefix: auto, ports: 61000-65000}]}", "{}", kernel))
                .isEmpty();
        assertThat(warnings("translator: {masquerade: true}", "{}", kernel)).isEmpty();
    }

    @Test
    void networksOfTheUplinkAmongTheClientsAreTold() {
        assertThat(warnings("clients: [auto, 203.0.113.0/24]", "{}", Map.of()))
                .containsExactly(
                        "clients: 203.0.113.0/24 is a network of the uplink, whose hosts may use the gateway and its"
                                + " DNS; remove it from clients if they are strangers");
    }

    @Test
    void partsOfALinksNetworkInPool4AreTold() {
        assertThat(warnings("translator: {masquerade: false, pool4: [{prefix: 203.0.113.64/29}]}", "{}", Map.of()))
                .singleElement()
                .asString()
                .startsWith("pool4: 203.0.113.64/29 is a part of 203.0.113.0/24");
    }

    @Test
    void theHostsOwnAddressInPool4IsNotTold() {
        var own = new Pool4Range(Ipv4Prefix.parse("203.0.113.7/32"), new PortRange(1, 2), Optional.of(HostPorts.NONE));
        assertThat(Networks.pool4(List.of(own), ROUTER)).allMatch(Finding.Ok.class::isInstance);
    }

    @Test
    void portsInUseAreNamedUnlessTheGatewayItselfRuns() {
        var written = ConfigFile.parse("test.yaml", "dns64: {listen: ['10.0.0.1:53', '10.0.0.1:5353']}")
                .config();
        var taken = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 53);
        var host = new Host(ROUTER, Optional.empty(), _ -> Optional.empty(), taken::equals);

        assertThat(Preflight.of(DEFAULTS, DEFAULTS, false, host).stream().map(Finding::line))
                .as("an address that auto stands for")
                .anyMatch(line -> line.startsWith("ports: another program listens on 10.0.0.1:53, "));
        assertThat(Preflight.of(written, written, false, host).stream().map(Finding::line))
                .anyMatch(
                        line -> line.startsWith("ports: another program listens on 10.0.0.1:53, so the DNS64 can't; "));
        assertThat(Preflight.of(written, written, true, host).stream().map(Finding::subject))
                .doesNotContain("ports");
    }

    @Test
    void strictFiltersMatterWithSeveralUplinks() {
        var twoUplinks = new HostAddresses(ROUTER.attachments(), Set.of("wan", "lte"));
        var strict = new Host(twoUplinks, Optional.empty(), _ -> Optional.of("1"), _ -> false);

        assertThat(Networks.reversePaths(strict)).singleElement().isInstanceOf(Finding.Warning.class);
        assertThat(Networks.reversePaths(host("{}", Map.of("ipv4/conf/all/rp_filter", "1"))))
                .singleElement()
                .isInstanceOf(Finding.Ok.class);
    }

    @Test
    void readsSettingsOfTheKernelWhole() throws Exception {
        assertThat(Host.thisOne().setting().apply("core/somaxconn"))
                .contains(Files.readAllLines(Path.of("/proc/sys/net/core/somaxconn"))
                        .getFirst());
        assertThat(Host.thisOne().setting().apply("core/no-such-setting")).isEmpty();
    }

    private static List<String> warnings(String yaml, String firewall, Map<String, String> settings) {
        var config = ConfigFile.parse("test.yaml", yaml).config();
        return Preflight.of(config, config, false, host(firewall, settings)).stream()
                .filter(Finding.Warning.class::isInstance)
                .map(Finding::line)
                .toList();
    }

    private static Host host(String firewall, Map<String, String> settings) {
        return new Host(
                ROUTER, Optional.of(Json.parse(firewall)), name -> Optional.ofNullable(settings.get(name)), _ -> false);
    }
}
