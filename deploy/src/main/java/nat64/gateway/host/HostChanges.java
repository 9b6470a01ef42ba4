// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Eam;
import nat64.translator.address.Ipv4Address;

/** What a plan means for a host, in order. Reads the kernel's settings, changes nothing. */
final class HostChanges {

    /** The most that a TUN device takes: the translator tells senders what is too big, never the kernel. */
    static final int MTU = 65_535;

    /** Packets that wait for the translator, per queue: with the kernel's 500, bursts of new sessions lose some. */
    private static final int QUEUE_LENGTH = 4096;

    /** More than what DHCP clients and network managers give their default routes. */
    private static final int CLAT_METRIC = 20_000;

    /** Undoes {@link SharedAddress#setRoutes}. */
    static final Step FORGET_ROUTES = Step.Run.of("ip -4 route flush table " + SharedAddress.TABLE);

    private HostChanges() {}

    /**
     * Durable settings come first, so that the host is a router before the first packet is routed to the device.
     */
    static List<Change> of(HostPlan plan, KernelSettings settings) throws HostException {
        var changes = new ArrayList<>(Forwarding.changes(settings, plan.device().name()));
        if (plan.masquerade() && !plan.pool4().isEmpty()) {
            changes.add(masquerade(plan));
        }
        plan.proxies().forEach(proxy -> changes.add(proxy.change()));
        changes.addAll(device(plan, settings));
        changes.addAll(sharing(plan, settings));
        return changes;
    }

    /**
     * What leads packets for the shared address to the device, and those of the translator out with it; or, where no
     * address is shared any more, nothing: what there is does no harm until the gateway ends.
     */
    static List<Change> sharing(HostPlan plan, KernelSettings settings) throws HostException {
        if (plan.shared().isEmpty()) {
            return List.of();
        }
        var shared = plan.shared().get();
        var device = plan.device().name();
        var table = plan.nftTableOfShared();
        var changes = new ArrayList<Change>();
        changes.add(Change.undoable(
                new Step.Run(List.of("nft", shared.script(device, table))),
                new Step.Run(List.of("nft", "delete table ip " + table))));
        var reserved = settings.read(SharedAddress.RESERVED_PORTS);
        if (!shared.reserves(reserved)) {
            changes.add(settings.set(SharedAddress.RESERVED_PORTS, shared.reserved(reserved)));
        }
        changes.add(Change.undoable(markIsValid(device, settings, "1"), markIsValid(device, settings, "0")));
        changes.add(Change.undoable(SharedAddress.setRoutes(device), FORGET_ROUTES));
        changes.add(Change.undoable(
                shared.setRules(SharedAddress.Rules.of(Commands.json("ip -json -4 rule"))),
                new Step.DeleteRules(SharedAddress.PROTOCOL)));
        return changes;
    }

    /** Whether the reverse path check takes the mark of a packet from the device into account. */
    static Step markIsValid(String device, KernelSettings settings, String value) {
        return new Step.Write(settings.path("ipv4/conf/" + device + "/src_valid_mark"), value);
    }

    /**
     * What a plan adds to a host that is set up already.
     *
     * @param before the plan by which it is set up; what is lost of it is restored by {@link HostWatch}
     */
    static List<Step> reconfiguration(HostPlan before, HostPlan plan) {
        var steps = new ArrayList<Step>();
        if (plan.masquerade() && !plan.pool4().isEmpty()) {
            steps.add(masquerade(plan).step());
        }
        var device = plan.device().name();
        steps.add(routes("-6", "replace", missing(plan.pref64s(), before.pref64s()), device));
        steps.add(routes("-4", "replace", missing(plan.pool4(), before.pool4()), device));
        return steps;
    }

    /** Removes the routes that another plan no longer has. */
    static List<Step> removal(HostPlan before, HostPlan plan) {
        var device = plan.device().name();
        return List.of(
                routes("-6", "delete", missing(before.pref64s(), plan.pref64s()), device),
                routes("-4", "delete", missing(before.pool4(), plan.pool4()), device));
    }

    private static <P> List<P> missing(List<P> prefixes, List<P> in) {
        var others = new HashSet<>(in);
        return prefixes.stream().filter(prefix -> !others.contains(prefix)).toList();
    }

    private static List<Change> device(HostPlan plan, KernelSettings settings) throws HostException {
        var device = plan.device().name();
        var steps = new ArrayList<Step>();
        var disabled = "ipv6/conf/" + device + "/disable_ipv6"; // Docker makes this the default
        if (settings.has(disabled) && !settings.read(disabled).equals("0")) {
            steps.add(new Step.Write(settings.path(disabled), "0"));
        }
        steps.add(new Step.Batch("-6", ipv6(plan, device)));
        steps.add(routes("-4", "add", plan.pool4(), device));
        plan.clat().ifPresent(clat -> steps.addAll(clat(clat, device)));
        return steps.stream().map(Change::onDevice).toList();
    }

    private static List<String> ipv6(HostPlan plan, String device) {
        var commands = new ArrayList<>(link(device));
        commands.add("address add %s/128 dev %s nodad".formatted(plan.device().hostAddress(), device));
        commands.add("route add %s/128 dev %s".formatted(plan.device().translatorAddress(), device));
        plan.pref64s().forEach(prefix -> commands.add("route add " + prefix + " dev " + device));
        return commands;
    }

    /** Commands of {@code ip} that make the device ready for packets. */
    static List<String> link(String device) {
        return List.of(
                "link set dev %s mtu %d txqueuelen %d addrgenmode none".formatted(device, MTU, QUEUE_LENGTH),
                "link set dev %s up".formatted(device));
    }

    static Step routes(String family, String action, List<?> prefixes, String device) {
        return new Step.Batch(
                family,
                prefixes.stream()
                        .map(prefix -> "route " + action + " " + prefix + " dev " + device) // of 100,000
                        .toList());
    }

    /**
     * The host's IPv4 address and default route, unless a whole IPv4 network is behind it; a default route of a native
     * IPv4 network goes first.
     */
    private static List<Step> clat(Eam clat, String device) {
        var steps = new ArrayList<Step>();
        steps.add(Step.Run.of("ip -6 route add %s dev %s".formatted(clat.ipv6(), device)));
        if (clat.ipv4().length() == Integer.SIZE) {
            steps.add(Step.Run.of("ip -4 address add %s dev %s".formatted(clat.ipv4(), device)));
        }
        steps.add(Step.Run.of("ip -4 route add " + defaultRoute(clat, device)));
        return steps;
    }

    /** As {@code ip route} takes it. */
    static String defaultRoute(Eam clat, String device) {
        var source = clat.ipv4().length() == Integer.SIZE
                ? " src " + Ipv4Address.format(clat.ipv4().address())
                : "";
        return "default dev %s%s metric %d".formatted(device, source, CLAT_METRIC);
    }

    /**
     * Packets that belong to no connection are not masqueraded: they are dropped, or they would leave with a source
     * that cannot be answered. One transaction; it replaces a table that an earlier gateway left without a record.
     */
    static Change masquerade(HostPlan plan) {
        var table = plan.nftTable();
        var pool4 = plan.pool4().stream().map(Object::toString).collect(Collectors.joining(", "));
        var script =
                """
                table ip %1$s {}
                delete table ip %1$s
                table ip %1$s {
                  chain postrouting {
                    type nat hook postrouting priority srcnat; policy accept;
                    ip saddr { %2$s } oifname != { "%3$s", "%4$s" } masquerade
                  }
                  chain forward {
                    type filter hook forward priority filter; policy accept;
                    iifname "%3$s" ct state invalid counter drop
                  }
                }
                """.formatted(table, pool4, plan.device().name(), plan.device().probe());
        return Change.undoable(
                new Step.Run(List.of("nft", script)), new Step.Run(List.of("nft", "delete table ip " + table)));
    }
}
