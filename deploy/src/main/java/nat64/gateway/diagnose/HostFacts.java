// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.diagnose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import nat64.gateway.system.Commands;

/** What is asked of the host: files of the kernel, and the output of its own tools. Nothing is changed. */
public final class HostFacts {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final List<String> FILES = List.of(
            "/etc/os-release",
            "/etc/resolv.conf",
            "/proc/version",
            "/proc/cmdline",
            "/proc/meminfo",
            "/proc/loadavg",
            "/proc/pressure/cpu",
            "/proc/pressure/memory",
            "/proc/net/snmp",
            "/proc/net/snmp6",
            "/proc/net/softnet_stat",
            "/proc/net/dev",
            "/proc/sys/net/ipv4/ip_forward",
            "/proc/sys/net/ipv6/conf/all/forwarding",
            "/proc/sys/net/ipv4/ip_local_port_range",
            "/proc/sys/net/ipv4/ip_local_reserved_ports",
            "/proc/sys/net/core/rmem_max",
            "/proc/sys/net/netfilter/nf_conntrack_max",
            "/proc/sys/net/netfilter/nf_conntrack_count");

    private static final Map<String, String> COMMANDS = new TreeMap<>(Map.ofEntries(
            Map.entry("addresses", "ip -details address"),
            Map.entry("links", "ip -statistics -details link"),
            Map.entry("routes-ipv4", "ip -4 route show table all"),
            Map.entry("routes-ipv6", "ip -6 route show table all"),
            Map.entry("rules", "ip rule"),
            Map.entry("rules-ipv6", "ip -6 rule"),
            Map.entry("neighbors", "ip -statistics neighbor"),
            Map.entry("nftables", "nft list ruleset"),
            Map.entry("sockets", "ss -lntup"),
            Map.entry("offloads", "ethtool -k nat64"),
            Map.entry("processors", "lscpu"),
            Map.entry("modules", "lsmod"),
            Map.entry("service", "systemctl status --no-pager --full nat64"),
            Map.entry("log", "journalctl --unit nat64 --lines 5000 --no-pager --output short-iso-precise")));

    private HostFacts() {}

    /** A part for each fact. */
    public static List<Part> parts() {
        var files = FILES.stream().map(file -> new Part("host/files" + file, () -> Files.readString(Path.of(file))));
        var commands = COMMANDS.entrySet().stream()
                .map(command -> new Part("host/" + command.getKey() + ".txt", () -> output(command.getValue())));
        return Stream.concat(files, commands).toList();
    }

    private static String output(String command) throws Exception {
        var result = Commands.attempt(List.of(command.split(" ")), TIMEOUT);
        return "$ " + command + "\n" + result.output()
                + (result.isSuccess() ? "" : "exit code " + result.exitCode() + "\n");
    }
}
