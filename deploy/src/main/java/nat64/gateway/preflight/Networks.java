// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.gateway.auto.HostAddresses;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.auto.OwnPool4;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.translator.StatefulConfig;
import nat64.gateway.preflight.Finding.Ok;
import nat64.gateway.preflight.Finding.Warning;
import nat64.translator.session.pool4.Pool4Range;

/** Addresses and networks of the host beside those of the configuration. Pure. */
final class Networks {

    private Networks() {}

    /**
     * Clients that are networks of an uplink. {@code auto} leaves them out.
     *
     * @param written the configuration as the file gives it
     */
    static List<Finding> clients(GatewayConfig written, Host host) {
        var uplink = host.addresses().onUplinks();
        var clients = written.clients();
        var strangers = Stream.concat(
                        uplink.ipv6Prefixes().stream()
                                .filter(network ->
                                        clients.ipv6().stream().anyMatch(client -> client.overlaps(network))),
                        uplink.ipv4Prefixes().stream()
                                .filter(network ->
                                        clients.ipv4().stream().anyMatch(client -> client.overlaps(network))))
                .map(Object::toString)
                .toList();
        return strangers.isEmpty() || !host.addresses().hasLinksBesideUplink()
                ? List.of(new Ok("clients", "no network of an uplink is named"))
                : List.of(new Warning(
                        "clients",
                        "%s is a network of the uplink, whose hosts may use the gateway and its DNS"
                                .formatted(String.join(", ", strangers)),
                        "remove it from clients if they are strangers"));
    }

    /** Where another program listens already. */
    static List<Finding> ports(GatewayConfig written, Host host) {
        var addresses = host.addresses().except(written.translator().device().name());
        var taken = HostDefaults.whereToListen(written, addresses).stream()
                .filter(host.isInUse())
                .map(Endpoints::text)
                .toList();
        return taken.isEmpty()
                ? List.of(new Ok("ports", "those of dns64.listen are free"))
                : List.of(new Warning(
                        "ports",
                        "another program listens on %s, so the DNS64 can't".formatted(String.join(", ", taken)),
                        "end it (find it with: ss -lunp sport = :53), or name other addresses in dns64.listen"));
    }

    /** Ranges of pool4 inside a network of a link, but for the host's own address. */
    static List<Finding> pool4(List<Pool4Range> pool4, HostAddresses addresses) {
        var findings = new ArrayList<Finding>();
        for (var network : addresses.ipv4Prefixes()) {
            var inside = pool4.stream()
                    .filter(range -> !range.isShared())
                    .map(Pool4Range::prefix)
                    .distinct()
                    .filter(prefix -> network.length() < prefix.length() && network.overlaps(prefix))
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
            if (!inside.isEmpty()) {
                findings.add(new Warning(
                        "pool4",
                        "%s is a part of %s, a network of this host, which answers ARP for it"
                                .formatted(inside, network),
                        "make sure that no host there has one of these addresses"));
            }
        }
        return findings.isEmpty()
                ? List.of(new Ok("pool4", "no other host is expected to have one of its addresses"))
                : findings;
    }

    /** Whether the host keeps ports of its own beside those of its address that are pool4. */
    static Optional<Finding> ownPorts(StatefulConfig written, Host host) {
        var range = host.setting().apply(OwnPool4.LOCAL_PORTS);
        return written.automatic()
                .ownPorts()
                .filter(_ -> OwnPool4.isWanted(written))
                .filter(ports -> range.filter(local -> !OwnPool4.leavesPorts(ports, local))
                        .isPresent())
                .map(ports -> new Warning(
                        "ports of pool4",
                        "net.ipv4.ip_local_port_range (%s) leaves programs of this host too few ports beside %s, so pool4 is masqueraded"
                                .formatted(range.orElse("").replaceAll("\\s+", "-"), ports),
                        "give the kernel more ports below, such as net.ipv4.ip_local_port_range='32768 60999', or"
                                + " choose other ports in translator.pool4"));
    }

    /** Strict filters of reverse paths. */
    static List<Finding> reversePaths(Host host) {
        boolean isStrict = host.setting()
                .apply("ipv4/conf/all/rp_filter")
                .filter("1"::equals)
                .isPresent();
        return isStrict && host.addresses().uplinks().size() > 1
                ? List.of(new Warning(
                        "reverse paths",
                        "net.ipv4.conf.all.rp_filter is 1, and there are several uplinks (%s): packets are dropped that come"
                                        .formatted(String.join(
                                                ", ", host.addresses().uplinks()))
                                + " by another link than answers leave by",
                        "set net.ipv4.conf.all.rp_filter=2"))
                : List.of(new Ok("reverse paths", "no filter is in the way"));
    }
}
