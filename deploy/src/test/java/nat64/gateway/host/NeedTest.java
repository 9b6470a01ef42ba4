// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nat64.gateway.host.HostState.NftTable;
import nat64.gateway.host.HostState.Sharing;
import nat64.gateway.host.SharedAddress.Rules;
import nat64.gateway.json.Json;
import nat64.translator.address.Eam;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.session.pool4.HostPorts;
import nat64.translator.session.pool4.PortRange;
import org.junit.jupiter.api.Test;

class NeedTest {

    private static final KernelSettings SETTINGS = new KernelSettings(Path.of("/proc/sys/net"));
    private static final String HOST_ADDRESS = "64:ff9b:1:ffff::1";
    private static final Map<String, String> ROUTER = Map.of("ipv6/conf/all/forwarding", "1", "ipv4/ip_forward", "1");
    private static final NftTable TABLE = new NftTable("ip", "nat64");
    private static final HostState.Device DEVICE = new HostState.Device(true, 65_535, Set.of(HOST_ADDRESS));
    private static final Set<Ipv6Prefix> IPV6 =
            Set.of(Ipv6Prefix.parse("64:ff9b:1:ffff::2/128"), Ipv6Prefix.parse("64:ff9b::/96"));
    private static final Set<Ipv4Prefix> IPV4 = Set.of(Ipv4Prefix.parse("192.0.2.0/24"));
    private static final HostState WHOLE =
            new HostState(Optional.of(DEVICE), IPV6, IPV4, ROUTER, Map.of(TABLE, "table ip nat64 {}"));

    @Test
    void nothingIsMissingOnAHostThatIsSetUp() {
        assertThat(missing(plan(true), WHOLE)).isEmpty();
    }

    @Test
    void everythingIsMissingWithTheDevice() {
        var gone = new HostState(Optional.empty(), Set.of(), Set.of(), ROUTER, WHOLE.tables());
        assertThat(missing(plan(true), gone))
                .containsExactly(
                        "device: the device nat64",
                        "link: the link nat64 (up, MTU 65535)",
                        "address: the address 64:ff9b:1:ffff::1 on nat64",
                        "route: the route 64:ff9b:1:ffff::2/128, 64:ff9b::/96, 192.0.2.0/24 on nat64");
    }

    @Test
    void aLinkThatIsDownOrNarrowIsMissing() {
        for (var device : List.of(
                new HostState.Device(false, 65_535, Set.of(HOST_ADDRESS)),
                new HostState.Device(true, 1500, Set.of(HOST_ADDRESS)))) {
            var state = new HostState(Optional.of(device), IPV6, IPV4, ROUTER, WHOLE.tables());
            assertThat(missing(plan(true), state)).containsExactly("link: the link nat64 (up, MTU 65535)");
        }
    }

    @Test
    void onlyTheRoutesThatAreMissingAreRestored() {
        var state = new HostState(Optional.of(DEVICE), IPV6, Set.of(), ROUTER, WHOLE.tables());
        assertThat(steps(plan(true), state))
                .containsExactly(
                        new Step.Batch("-6", List.of()),
                        new Step.Batch("-4", List.of("route replace 192.0.2.0/24 dev nat64")));
    }

    @Test
    void aHostThatIsNoRouterIsToldSo() {
        var state = new HostState(
                Optional.of(DEVICE),
                IPV6,
                IPV4,
                Map.of("ipv6/conf/all/forwarding", "1", "ipv4/ip_forward", "0"),
                WHOLE.tables());
        assertThat(missing(plan(true), state)).containsExactly("forwarding: the setting net/ipv4/ip_forward = 1");
        assertThat(steps(plan(true), state))
                .containsExactly(new Step.Write(Path.of("/proc/sys/net/ipv4/ip_forward"), "1"));
    }

    @Test
    void theTableIsNeededWhereSomethingIsMasqueraded() {
        var state = new HostState(Optional.of(DEVICE), IPV6, IPV4, ROUTER, Map.of());
        assertThat(missing(plan(true), state)).containsExactly("nftables: the nftables table ip nat64");
        assertThat(missing(plan(false), state)).isEmpty();
    }

    @Test
    void aSharedAddressNeedsAllThatLeadsToItsPorts() {
        var address = new SharedAddress(0xc000_020a, new PortRange(40_000, 50_000), List.of(), HostPorts.NONE);
        var plan = new HostPlan(
                device(),
                List.of(Ipv6Prefix.parse("64:ff9b::/96")),
                List.of(),
                true,
                Optional.empty(),
                Optional.of(address),
                List.of());
        var tables = Map.of(new NftTable("ip", "nat64_own"), "table ip nat64_own {}");
        var none = new Rules(List.of(), List.of(), true);
        var whole = new Sharing(new Rules(address.rules(), List.of(), true), true, true, "40000-50000");
        assertThat(missing(plan, sharing(tables, whole))).isEmpty();
        assertThat(missing(plan, sharing(Map.of(), new Sharing(none, false, false, "1-2"))))
                .containsExactly(
                        "nftables: the nftables table ip nat64_own",
                        "own_address: the rules, the routing table 6464, the setting src_valid_mark of nat64, the"
                                + " setting net/ipv4/ip_local_reserved_ports for 192.0.2.10 ports 40000-50000");
        assertThat(steps(plan, sharing(tables, new Sharing(none, true, true, "1-2,40000-50000"))))
                .containsExactly(address.setRules(none));
    }

    private static HostState sharing(Map<NftTable, String> tables, Sharing sharing) {
        return new HostState(Optional.of(DEVICE), IPV6, Set.of(), ROUTER, tables, Optional.of(sharing), Set.of());
    }

    @Test
    void aClatNeedsItsAddressAndTheDefaultRoute() {
        var clat = new HostPlan(
                device(), List.of(), List.of(), false, Optional.of(Eam.parse("192.0.0.1", "2001:db8:1::c1a7")));
        var state = new HostState(
                Optional.of(DEVICE),
                Set.of(Ipv6Prefix.parse("64:ff9b:1:ffff::2/128"), Ipv6Prefix.parse("2001:db8:1::c1a7/128")),
                Set.of(),
                ROUTER,
                Map.of());
        assertThat(steps(clat, state))
                .contains(
                        Step.Run.of("ip -4 address replace 192.0.0.1/32 dev nat64"),
                        Step.Run.of("ip -4 route replace default dev nat64 src 192.0.0.1 metric 20000"));
    }

    @Test
    void routesOfOthersMayBeWider() {
        var wide = new HostState(
                Optional.of(DEVICE),
                Set.of(Ipv6Prefix.parse("64:ff9b::/64")),
                Set.of(Ipv4Prefix.parse("192.0.0.0/16")),
                ROUTER,
                Map.of());
        assertThat(namesOf(Need.ofOthers(plan(true), SETTINGS), wide)).isEmpty();

        var narrow =
                new HostState(Optional.of(DEVICE), Set.of(Ipv6Prefix.parse("64:ff9b::/97")), IPV4, ROUTER, Map.of());
        assertThat(namesOf(Need.ofOthers(plan(true), SETTINGS), narrow))
                .containsExactly("route: the route 64:ff9b::/96 on nat64");
    }

    @Test
    void readsWhatIpPrints() {
        assertThat(HostState.device(Json.parse("""
                {"ifname": "nat64", "flags": ["POINTOPOINT", "NOARP", "UP", "LOWER_UP"], "mtu": 65535, "addr_info": [
                 {"family": "inet6", "local": "64:ff9b:1:ffff::1", "prefixlen": 128, "scope": "global"}]}
                """))).isEqualTo(DEVICE);
    }

    private static List<String> missing(HostPlan plan, HostState state) {
        return namesOf(Need.of(plan, SETTINGS), state);
    }

    private static List<String> namesOf(List<Need> needs, HostState state) {
        return needs.stream()
                .flatMap(need -> need.missing(state).stream().map(missing -> need.what() + ": " + missing.name()))
                .toList();
    }

    private static List<Step> steps(HostPlan plan, HostState state) {
        return Need.of(plan, SETTINGS).stream()
                .flatMap(need -> need.missing(state).stream())
                .flatMap(missing -> missing.restore().stream())
                .collect(Collectors.toList());
    }

    private static HostPlan plan(boolean masquerade) {
        return new HostPlan(
                device(),
                List.of(Ipv6Prefix.parse("64:ff9b::/96")),
                List.of(Ipv4Prefix.parse("192.0.2.0/24")),
                masquerade,
                Optional.empty());
    }

    private static HostPlan.Device device() {
        return new HostPlan.Device("nat64", Ipv6Address.parse(HOST_ADDRESS), Ipv6Address.parse("64:ff9b:1:ffff::2"));
    }
}
