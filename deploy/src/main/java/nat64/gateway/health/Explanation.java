// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nat64.gateway.host.HostHealth;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;

/**
 * Why packets do not get through: what is known of the host, or else what its packet filter may drop.
 *
 * @param device the translator's, by its name
 * @param probeDevice that of the probe
 * @param source of the questions
 * @param ownTables the names of the gateway's own nftables tables
 * @param host what the watch of the host has found
 */
record Explanation(
        String device, String probeDevice, Ipv6Address source, Set<String> ownTables, Supplier<HostHealth> host) {

    private static final Map<String, String> KINDS = Map.of(
            "device", "the device",
            "link", "the link of the device",
            "address", "an address of the device",
            "route", "a route to the device",
            "forwarding", "forwarding",
            "nftables", "its nftables table",
            "own_address", "what leads to the shared IPv4 address",
            "proxy", "ARP for pool4");

    /**
     * Says it.
     *
     * @param pref64 by which the question was sent
     * @param destination of the question
     * @param arrived whether the question has reached the IPv4 side
     * @param droppedBefore what {@link #droppedPackets} was before
     */
    Finding.Failed of(Pref64 pref64, Ipv6Address destination, boolean arrived, long droppedBefore) {
        var what = arrived
                ? "answers from the IPv4 side under " + pref64 + " do not come back"
                : "packets to " + pref64 + " do not reach the IPv4 side";
        return byHost(host.get().isThere())
                .or(() -> byLoad(droppedPackets() - droppedBefore))
                .or(() -> byRoute(destination))
                .or(this::byFilter)
                .map(why -> new Finding.Failed(what + ": " + why, false))
                .orElseGet(() -> new Finding.Failed(
                        what + ", and nothing on the host explains it" + (arrived ? "" : ": the translator is silent"),
                        !arrived));
    }

    private static Optional<String> byHost(Map<String, Boolean> isThere) {
        var missing = isThere.entrySet().stream()
                .filter(kind -> !kind.getValue())
                .map(kind -> KINDS.getOrDefault(kind.getKey(), kind.getKey()))
                .sorted()
                .collect(Collectors.joining(" and "));
        return missing.isEmpty() ? Optional.empty() : Optional.of("the host lacks " + missing);
    }

    /** How many packets to the translator the kernel has dropped so far, because its queues were full. */
    long droppedPackets() {
        try {
            return Long.parseLong(Files.readString(Path.of("/sys/class/net", device, "statistics/tx_dropped"))
                    .strip());
        } catch (IOException | NumberFormatException e) { // the device is gone, or sysfs is not mounted
            return 0;
        }
    }

    private Optional<String> byLoad(long dropped) {
        return dropped > 0
                ? Optional.of("more comes than it can translate, and %s has dropped %d packets meanwhile"
                        .formatted(device, dropped))
                : Optional.empty();
    }

    /** Rules of policy routing may lead elsewhere, whatever routes there are. */
    private Optional<String> byRoute(Ipv6Address destination) {
        var way = "ip -json -6 route get %s from %s iif %s".formatted(destination, source, probeDevice);
        try {
            var answer = Commands.attempt(List.of(way.split(" ")), Commands.TIMEOUT);
            return answer.isSuccess() && answer.output().contains("\"dev\":\"" + device + "\"")
                    ? Optional.empty()
                    : Optional.of("the host leads packets to %s elsewhere than to %s (%s)"
                            .formatted(destination, device, answer.output().strip()));
        } catch (HostException e) {
            return Optional.of("the routes of the host can't be read: " + e.getMessage());
        }
    }

    private Optional<String> byFilter() {
        try {
            return byFilter(ForwardChains.ofThisHost(ownTables));
        } catch (HostException e) {
            return Optional.of("the packet filter of the host can't be read: " + e.getMessage());
        }
    }

    /** A policy is named first: it is what firewalls and container engines set. */
    Optional<String> byFilter(ForwardChains chains) {
        if (!chains.dropping().isEmpty()) {
            boolean isOne = chains.dropping().size() == 1;
            return Optional.of(
                    "the %s %s %s all that no rule accepts (policy drop); accept packets from and to %s there"
                            .formatted(
                                    isOne ? "chain" : "chains",
                                    String.join(", ", chains.dropping()),
                                    isOne ? "drops" : "drop",
                                    device + " and " + probeDevice));
        }
        if (!chains.others().isEmpty()) {
            return Optional.of("perhaps a rule that is reached from %s drops them; accept packets from and to %s there"
                    .formatted(String.join(", ", chains.others()), device + " and " + probeDevice));
        }
        return Optional.empty();
    }
}
