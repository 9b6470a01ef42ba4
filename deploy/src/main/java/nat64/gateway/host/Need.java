// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.gateway.host.HostState.NftTable;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/** Something that the host has to have while the gateway runs. Pure, but for {@link KernelSettings} that it names. */
sealed interface Need {

    /** {@link #what} of the routes to the device. */
    String ROUTE = "route";

    /** What it is, in one word: a label of metrics. */
    String what();

    /** What it is, as the log tells it. */
    String name();

    /** What of it the host doesn't have, if anything. */
    Optional<Missing> missing(HostState state);

    /**
     * What the host doesn't have.
     *
     * @param name as the log tells it
     * @param restore the steps that bring it back
     */
    record Missing(String name, List<Step> restore) {}

    /** All that a plan needs, in the order in which it is restored. */
    static List<Need> of(HostPlan plan, KernelSettings settings) {
        var name = plan.device().name();
        var needs = new ArrayList<Need>();
        needs.add(new Present(name));
        needs.addAll(forwarding(settings));
        needs.add(new Link(name, List.of(new Step.Batch("-6", HostChanges.link(name)))));
        needs.add(new Addresses(name, addresses(plan)));
        needs.add(new Routes(name, ipv6Routes(plan), ipv4Routes(plan), defaultRoute(plan)));
        if (plan.masquerade() && !plan.pool4().isEmpty()) {
            needs.add(new Table(
                    new NftTable("ip", plan.nftTable()),
                    HostChanges.masquerade(plan).step()));
        }
        plan.shared().ifPresent(shared -> {
            needs.add(new Table(
                    new NftTable("ip", plan.nftTableOfShared()),
                    new Step.Run(List.of("nft", shared.script(name, plan.nftTableOfShared())))));
            needs.add(new Shared(name, shared, settings));
        });
        if (!plan.proxies().isEmpty()) {
            needs.add(new Proxies(plan.proxies()));
        }
        return needs;
    }

    /** What any host needs that somebody else sets up: how is up to them. */
    static List<Need> ofOthers(HostPlan plan, KernelSettings settings) {
        var needs = new ArrayList<Need>();
        needs.add(new Present(plan.device().name()));
        needs.addAll(forwarding(settings));
        needs.add(new CoveringRoutes(plan.device().name(), plan.pref64s(), plan.pool4()));
        return needs;
    }

    /** What keeps the kernel from packets that a gateway takes from interfaces by libpcap. */
    static List<Need> of(PcapPlan plan) {
        return List.of(new Table(
                new NftTable("netdev", plan.nftTable()),
                PcapChanges.hideFromKernel(plan).step()));
    }

    private static List<Need> forwarding(KernelSettings settings) {
        return Forwarding.SETTINGS.stream()
                .<Need>map(setting -> new Setting(setting, new Step.Write(settings.path(setting), "1")))
                .toList();
    }

    private static List<Address> addresses(HostPlan plan) {
        var own = new Address("-6", plan.device().hostAddress().toString(), "/128", "nodad");
        return Stream.concat(
                        Stream.of(own),
                        plan.clat().stream()
                                .filter(clat -> clat.ipv4().length() == Integer.SIZE)
                                .map(clat -> new Address(
                                        "-4", Ipv4Address.format(clat.ipv4().address()), "/32", "")))
                .toList();
    }

    private static List<Ipv6Prefix> ipv6Routes(HostPlan plan) {
        var translator = plan.device().translatorAddress();
        var routes = new ArrayList<Ipv6Prefix>();
        routes.add(new Ipv6Prefix(translator.high(), translator.low(), 128));
        routes.addAll(plan.pref64s());
        plan.clat().ifPresent(clat -> routes.add(clat.ipv6()));
        return routes;
    }

    private static List<Ipv4Prefix> ipv4Routes(HostPlan plan) {
        return plan.pool4();
    }

    private static Optional<String> defaultRoute(HostPlan plan) {
        return plan.clat()
                .map(clat -> HostChanges.defaultRoute(clat, plan.device().name()));
    }

    /** The device is there. It is made anew by the translator, not by steps. */
    record Present(String device) implements Need {

        @Override
        public String what() {
            return "device";
        }

        @Override
        public String name() {
            return "the device " + device;
        }

        @Override
        public Optional<Missing> missing(HostState state) {
            return state.device().isPresent() ? Optional.empty() : Optional.of(new Missing(name(), List.of()));
        }
    }

    /** The host is a router. */
    record Setting(String setting, Step restoring) implements Need {

        @Override
        public String what() {
            return "forwarding";
        }

        @Override
        public String name() {
            return "the setting net/" + setting + " = 1";
        }

        @Override
        public Optional<Missing> missing(HostState state) {
            return "1".equals(state.forwarding().get(setting))
                    ? Optional.empty()
                    : Optional.of(new Missing(name(), List.of(restoring)));
        }
    }

    /** The device is up, and takes packets of any size. */
    record Link(String device, List<Step> restoring) implements Need {

        @Override
        public String what() {
            return "link";
        }

        @Override
        public String name() {
            return "the link " + device + " (up, MTU " + HostChanges.MTU + ")";
        }

        @Override
        public Optional<Missing> missing(HostState state) {
            boolean isThere = state.device()
                    .map(link -> link.isUp() && link.mtu() == HostChanges.MTU)
                    .orElse(false);
            return isThere ? Optional.empty() : Optional.of(new Missing(name(), restoring));
        }
    }

    /**
     * An address of the device.
     *
     * @param suffix the prefix length, as {@code ip} takes it
     */
    record Address(String family, String address, String suffix, String options) {}

    /** The device has these addresses. */
    record Addresses(String device, List<Address> addresses) implements Need {

        @Override
        public String what() {
            return "address";
        }

        @Override
        public String name() {
            return "all addresses of " + device;
        }

        @Override
        public Optional<Missing> missing(HostState state) {
            var there = state.device().map(HostState.Device::addresses).orElse(Set.of());
            var missing = addresses.stream()
                    .filter(address -> !there.contains(address.address()))
                    .toList();
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Missing(
                            names(
                                    "the address ",
                                    missing.stream().map(Address::address).toList(),
                                    device),
                            missing.stream().map(this::restoring).toList()));
        }

        private Step restoring(Address address) {
            return Step.Run.of("ip %s address replace %s%s dev %s %s"
                    .formatted(address.family(), address.address(), address.suffix(), device, address.options())
                    .strip());
        }
    }

    /**
     * These prefixes are routed to the device.
     *
     * @param defaultRoute what {@code ip route replace} takes, if there is to be a default route
     */
    record Routes(String device, List<Ipv6Prefix> ipv6, List<Ipv4Prefix> ipv4, Optional<String> defaultRoute)
            implements Need {

        private static final Ipv4Prefix DEFAULT = new Ipv4Prefix(0, 0);

        @Override
        public String what() {
            return ROUTE;
        }

        @Override
        public String name() {
            return "all routes to " + device;
        }

        @Override
        public Optional<Missing> missing(HostState state) {
            var missing6 = ipv6.stream()
                    .filter(prefix -> !state.ipv6Routes().contains(prefix))
                    .toList();
            var missing4 = ipv4.stream()
                    .filter(prefix -> !state.ipv4Routes().contains(prefix))
                    .toList();
            var missingDefault = defaultRoute.filter(_ -> !state.ipv4Routes().contains(DEFAULT));
            var all = Stream.of(missing6.stream(), missing4.stream(), missingDefault.stream())
                    .flatMap(part -> part.map(Object::toString))
                    .toList();
            if (all.isEmpty()) {
                return Optional.empty();
            }
            var steps = new ArrayList<Step>();
            steps.add(HostChanges.routes("-6", "replace", missing6, device));
            steps.add(HostChanges.routes("-4", "replace", missing4, device));
            missingDefault.ifPresent(route -> steps.add(Step.Run.of("ip -4 route replace " + route)));
            return Optional.of(new Missing(names("the route ", all, device), steps));
        }
    }

    /** Some route to the device leads there for each of these prefixes. Others restore it. */
    record CoveringRoutes(String device, List<Ipv6Prefix> ipv6, List<Ipv4Prefix> ipv4) implements Need {

        @Override
        public String what() {
            return ROUTE;
        }

        @Override
        public String name() {
            return "all routes to " + device;
        }

        @Override
        public Optional<Missing> missing(HostState state) {
            var missing6 = ipv6.stream()
                    .filter(prefix -> !state.ipv6Routes().contains(prefix)
                            && state.ipv6Routes().stream()
                                    .noneMatch(route -> route.length() < prefix.length() && route.overlaps(prefix)));
            var missing4 = ipv4.stream()
                    .filter(prefix -> !state.ipv4Routes().contains(prefix)
                            && state.ipv4Routes().stream()
                                    .noneMatch(route -> route.length() < prefix.length() && route.overlaps(prefix)));
            var all = Stream.concat(missing6.map(Object::toString), missing4.map(Object::toString))
                    .toList();
            return all.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Missing(names("the route ", all, device), List.of()));
        }
    }

    /** Packets for the translator's ports of the host's own address are led to the device. */
    record Shared(String device, SharedAddress address, KernelSettings settings) implements Need {

        @Override
        public String what() {
            return "own_address";
        }

        @Override
        public String name() {
            return "all that leads to the ports of " + address + " on " + device;
        }

        @Override
        public Optional<Missing> missing(HostState state) {
            var sharing = state.sharing().orElseThrow();
            var names = new ArrayList<String>();
            var steps = new ArrayList<Step>();
            if (!sharing.rules().beforeLocal().equals(address.rules())) {
                names.add("the rules");
                steps.add(address.setRules(sharing.rules()));
            }
            if (!sharing.hasRoutes()) {
                names.add("the routing table " + SharedAddress.TABLE);
                steps.add(SharedAddress.setRoutes(device));
            }
            if (!sharing.isMarkValid()) {
                names.add("the setting src_valid_mark of " + device);
                steps.add(HostChanges.markIsValid(device, settings, "1"));
            }
            if (!address.reserves(sharing.reserved())) {
                names.add("the setting net/" + SharedAddress.RESERVED_PORTS);
                steps.add(new Step.Write(
                        settings.path(SharedAddress.RESERVED_PORTS), address.reserved(sharing.reserved())));
            }
            return names.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Missing(String.join(", ", names) + " for " + address, steps));
        }
    }

    /** The host answers ARP for addresses of pool4. */
    record Proxies(List<ProxyArp.Proxy> proxies) implements Need {

        @Override
        public String what() {
            return "proxy";
        }

        @Override
        public String name() {
            return "ARP for all of pool4 on its links";
        }

        @Override
        public Optional<Missing> missing(HostState state) {
            var missing = proxies.stream()
                    .filter(proxy -> !state.proxies().contains(proxy))
                    .toList();
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Missing(
                            "ARP for " + missing.getFirst()
                                    + (missing.size() > 1 ? " and " + (missing.size() - 1) + " more" : ""),
                            missing.stream().map(ProxyArp.Proxy::step).toList()));
        }
    }

    /** An nftables table is there, as it was made. */
    record Table(NftTable table, Step restoring) implements Need {

        @Override
        public String what() {
            return "nftables";
        }

        @Override
        public String name() {
            return "the nftables table " + table;
        }

        @Override
        public Optional<Missing> missing(HostState state) {
            return state.tables().containsKey(table) ? Optional.empty() : Optional.of(missing());
        }

        /** As if it were not there, because somebody has changed it. */
        Missing missing() {
            return new Missing(name(), List.of(restoring));
        }
    }

    private static String names(String kind, List<String> names, String device) {
        int most = 3;
        var shown = names.stream().limit(most).collect(Collectors.joining(", "));
        var more = names.size() > most ? " and " + (names.size() - most) + " more" : "";
        return kind + shown + more + " on " + device;
    }
}
