// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a plan means for a host, in order. Reads the kernel's settings, changes nothing. */
final class HostChanges {

    /** The most that a TUN device takes: the translator tells senders what is too big, never the kernel. */
    private static final int MTU = 65_535;

    private HostChanges() {}

    /**
     * Durable settings come first, so that the host is a router before the first packet is routed to the device.
     */
    static List<Change> of(HostPlan plan, KernelSettings settings) throws HostException {
        var changes = new ArrayList<>(Forwarding.changes(settings, plan.device()));
        if (plan.masquerade() && !plan.pool4().isEmpty()) {
            changes.add(masquerade(plan));
        }
        changes.addAll(device(plan, settings));
        return changes;
    }

    private static List<Change> device(HostPlan plan, KernelSettings settings) throws HostException {
        var device = plan.device();
        var steps = new ArrayList<Step>();
        var disabled = "ipv6/conf/" + device + "/disable_ipv6"; // Docker makes this the default
        if (settings.has(disabled) && !settings.read(disabled).equals("0")) {
            steps.add(new Step.Write(settings.path(disabled), "0"));
        }
        steps.add(Step.Run.of("ip link set dev %s mtu %d addrgenmode none".formatted(device, MTU)));
        steps.add(Step.Run.of("ip link set dev %s up".formatted(device)));
        steps.add(Step.Run.of("ip -6 address add %s/128 dev %s nodad".formatted(plan.hostAddress(), device)));
        steps.add(Step.Run.of("ip -6 route add %s/128 dev %s".formatted(plan.translatorAddress(), device)));
        for (var prefix : plan.pref64s()) {
            steps.add(Step.Run.of("ip -6 route add %s dev %s".formatted(prefix, device)));
        }
        for (var prefix : plan.pool4()) {
            steps.add(Step.Run.of("ip -4 route add %s dev %s".formatted(prefix, device)));
        }
        return steps.stream().map(Change::onDevice).toList();
    }

    /**
     * Packets that belong to no connection are not masqueraded: they are dropped, or they would leave with a source
     * that nobody can answer. One transaction; it replaces a table that was left behind where even the record of it was lost.
     */
    private static Change masquerade(HostPlan plan) {
        var table = plan.nftTable();
        var pool4 = plan.pool4().stream().map(Object::toString).collect(Collectors.joining(", "));
        var script = """
                table ip %1$s {}
                delete table ip %1$s
                table ip %1$s {
                  chain postrouting {
                    type nat hook postrouting priority srcnat; policy accept;
                    ip saddr { %2$s } oifname != "%3$s" masquerade
                  }
                  chain forward {
                    type filter hook forward priority filter; policy accept;
                    iifname "%3$s" ct state invalid counter drop
                  }
                }
                """.formatted(table, pool4, plan.device());
        return Change.undoable(
                new Step.Run(List.of("nft", script)), new Step.Run(List.of("nft", "delete table ip " + table)));
    }
}
