// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import java.util.List;
import java.util.stream.Stream;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;

/** All of a host's network set-up that a gateway could change: devices, addresses, routes, firewall and settings. */
public record HostSnapshot(List<String> lines) {

    private static final List<String> COMMANDS = List.of(
            "ip -o link",
            "ip -o address",
            "ip rule",
            "ip -6 rule",
            "ip -4 route show table all",
            "ip -6 route show table all",
            "nft list ruleset",
            "cd /proc/sys/net && { grep -rs . ipv4/ip_forward ipv4/ip_local_reserved_ports ipv4/conf ipv6/conf || true; } | sort");

    public static HostSnapshot of(Namespace host) throws HostException {
        Stream<String> lines = Stream.empty();
        for (var command : COMMANDS) {
            lines = Stream.concat(lines, Beds.run(host, command).lines());
        }
        return new HostSnapshot(lines.toList());
    }
}
