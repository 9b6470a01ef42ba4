// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a plan for libpcap means for a host. */
final class PcapChanges {

    private static final Logger LOG = LoggerFactory.getLogger(PcapChanges.class);

    /**
     * Names of what joins received packets into super-packets: as {@code ethtool -k} prints them, and as -K takes
     * them.
     */
    private enum ReceiveOffload {
        GENERIC("generic-receive-offload", "gro"),
        LARGE("large-receive-offload", "lro"),
        HARDWARE("rx-gro-hw", "rx-gro-hw");

        private final String printed;
        private final String option;

        ReceiveOffload(String printed, String option) {
            this.printed = printed;
            this.option = option;
        }

        boolean isOn(String features) {
            return features.lines().anyMatch(line -> line.strip().equals(printed + ": on"));
        }
    }

    private PcapChanges() {}

    static List<Change> of(PcapPlan plan) throws HostException {
        var changes = new ArrayList<Change>();
        changes.add(hideFromKernel(plan));
        for (var device : plan.interfaces()) {
            changes.addAll(receiveOffload(device));
        }
        return changes;
    }

    /**
     * libpcap gets a packet before this hook does, and the kernel's IP code after it: a kernel that forwards would send
     * these packets on, or tell their senders that they are unreachable.
     */
    static Change hideFromKernel(PcapPlan plan) {
        var script = """
                table netdev %1$s {}
                delete table netdev %1$s
                table netdev %1$s {
                  chain ipv6 {
                    type filter hook ingress device "%2$s" priority 0; policy accept;
                    ip6 daddr { %3$s } counter drop
                  }
                  chain ipv4 {
                    type filter hook ingress device "%4$s" priority 0; policy accept;
                    ip daddr { %5$s } counter drop
                  }
                }
                """.formatted(
                        plan.nftTable(),
                        plan.ipv6Interface(),
                        joined(plan.ipv6Prefixes()),
                        plan.ipv4Interface(),
                        joined(plan.ipv4Prefixes()));
        return Change.undoable(
                new Step.Run(List.of("nft", script)),
                new Step.Run(List.of("nft", "delete table netdev " + plan.nftTable())));
    }

    /** A super-packet is longer than any link takes, and libpcap does not tell how to cut it. */
    private static List<Change> receiveOffload(String device) throws HostException {
        if (Commands.locate("ethtool").isEmpty()) {
            LOG.warn("The command ethtool is missing: make sure that receive offload is off on {}", device);
            return List.of();
        }
        var features = Commands.run("ethtool -k " + device);
        var changes = new ArrayList<Change>();
        for (var offload : ReceiveOffload.values()) {
            if (offload.isOn(features)) {
                var command = "ethtool -K %s %s ".formatted(device, offload.option);
                changes.add(Change.undoable(Step.Run.of(command + "off"), Step.Run.of(command + "on")));
            }
        }
        return changes;
    }

    private static String joined(List<?> prefixes) {
        return prefixes.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
