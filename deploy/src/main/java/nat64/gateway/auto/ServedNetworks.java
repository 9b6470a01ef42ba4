// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.gateway.auto.HostAddresses.Attachment;
import nat64.gateway.auto.HostAddresses.Flag;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.common.Endpoints;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * What {@code auto} stands for on a host, and why. If it has other links than its uplink, the uplink's networks are
 * strangers. Else its link is the clients' too: all of it but public IPv4 networks. Pure.
 *
 * @param clients networks that are served
 * @param listen addresses where DNS is answered
 * @param whoAndWhy who is served and who is not, a line each
 * @param whereAndWhy where DNS is answered and where not, a line each
 */
record ServedNetworks(Clients clients, List<InetAddress> listen, List<String> whoAndWhy, List<String> whereAndWhy) {

    static ServedNetworks of(HostAddresses host) {
        boolean isBetween = host.hasLinksBesideUplink();
        var inside = isBetween ? host.only(attachment -> !host.isOnUplink(attachment)) : host;
        var listen = inside.only(ServedNetworks::isListenedOn);
        return new ServedNetworks(
                isBetween ? beside(host, inside) : around(host),
                listen.addresses(),
                isBetween ? whoBeside(host, inside) : whoAround(host),
                where(host, isBetween));
    }

    /** The clients of a host with other links than the uplink. */
    private static Clients beside(HostAddresses host, HostAddresses inside) {
        return Clients.all(List.of(
                Clients.LOCAL, privateBeside(host), new Clients(false, inside.ipv6Prefixes(), inside.ipv4Prefixes())));
    }

    /** Behind an uplink with a private address, there may be private networks of others. */
    private static Clients privateBeside(HostAddresses host) {
        var uplink = host.only(host::isOnUplink);
        return new Clients(
                false,
                uplink.ipv6Prefixes().stream().anyMatch(ServedNetworks::isPrivate) ? List.of() : Clients.PRIVATE.ipv6(),
                uplink.ipv4Prefixes().stream().anyMatch(ServedNetworks::isPrivate)
                        ? List.of()
                        : Clients.PRIVATE.ipv4());
    }

    /** The clients of a host whose only link is theirs, too. */
    private static Clients around(HostAddresses host) {
        return Clients.all(
                List.of(Clients.LOCAL, Clients.PRIVATE, new Clients(false, host.ipv6Prefixes(), privateOnly(host))));
    }

    private static List<Ipv4Prefix> privateOnly(HostAddresses host) {
        return host.ipv4Prefixes().stream().filter(ServedNetworks::isPrivate).toList();
    }

    private static List<String> whoBeside(HostAddresses host, HostAddresses inside) {
        var lines = new ArrayList<String>();
        byDevice(inside).forEach((device, networks) -> lines.add(served(device, networks)));
        var some = privateBeside(host);
        if (!some.ipv6().isEmpty() || !some.ipv4().isEmpty()) {
            lines.add("clients: private networks: " + listed(some));
        }
        byDevice(host.only(host::isOnUplink))
                .forEach((device, networks) ->
                        lines.add("no clients: the networks attached to %s: %s; it is the uplink, the"
                                        .formatted(device, listed(networks))
                                + " link of the IPv4 default route. To serve them, add them to clients"));
        if (some.ipv6().isEmpty() || some.ipv4().isEmpty()) {
            lines.add("no clients: other %s networks; they may be behind the uplink, whose address is one of them. To"
                            .formatted(missing(some))
                    + " serve those behind a router of your own, add them to clients");
        }
        return lines;
    }

    private static String missing(Clients some) {
        return Stream.of(
                        some.ipv4().isEmpty() ? Stream.of("private IPv4") : Stream.<String>of(),
                        some.ipv6().isEmpty() ? Stream.of("unique local IPv6") : Stream.<String>of())
                .flatMap(names -> names)
                .collect(Collectors.joining(" and "));
    }

    private static List<String> whoAround(HostAddresses host) {
        var lines = new ArrayList<String>();
        byDevice(host).forEach((device, networks) -> {
            var isPublic = networks.ipv4().stream()
                    .filter(network -> !isPrivate(network))
                    .toList();
            var rest = new Clients(
                    false,
                    networks.ipv6(),
                    networks.ipv4().stream().filter(ServedNetworks::isPrivate).toList());
            if (!listed(rest).isEmpty()) {
                lines.add(served(device, rest));
            }
            if (!isPublic.isEmpty()) {
                lines.add("no clients: %s, attached to %s; it is public, and strangers may be in it. To"
                                .formatted(listed(new Clients(false, List.of(), isPublic)), device)
                        + " serve it, add it to clients");
            }
        });
        lines.add("clients: private networks: " + listed(Clients.PRIVATE));
        return lines;
    }

    private static String served(String device, Clients networks) {
        return "clients: the networks attached to %s: %s".formatted(device, listed(networks));
    }

    private static List<String> where(HostAddresses host, boolean isBetween) {
        var lines = new ArrayList<String>();
        for (var attachment : host.attachments()) {
            var address = Endpoints.text(attachment.address()) + " of " + attachment.device();
            if (isBetween && host.isOnUplink(attachment)) {
                lines.add("no DNS on %s: it is on the uplink. To answer there, add it to dns64.listen"
                        .formatted(address));
            } else if (isListenedOn(attachment)) {
                lines.add("DNS on " + address
                        + (attachment.flags().contains(Flag.DEPRECATED)
                                ? ", which is deprecated: tell clients another address"
                                : ""));
            } else {
                lines.add("no DNS on %s: %s".formatted(address, unusable(attachment)));
            }
        }
        return lines.stream().distinct().toList();
    }

    private static boolean isListenedOn(Attachment attachment) {
        return unusable(attachment).isEmpty();
    }

    /** Why nothing can be served at an address; empty if it can. */
    private static String unusable(Attachment attachment) {
        var flags = attachment.flags();
        if (flags.contains(Flag.DADFAILED)) {
            return "another host on the link has this address (dadfailed); give one of the two another address";
        }
        if (flags.contains(Flag.TENTATIVE)) {
            return "it is tentative until the link is up and no other host is found to have it";
        }
        return flags.contains(Flag.TEMPORARY) ? "it is temporary (RFC 8981)" : "";
    }

    private static Map<String, Clients> byDevice(HostAddresses host) {
        var networks = new LinkedHashMap<String, Clients>();
        for (var attachment : host.attachments()) {
            var one = new HostAddresses(List.of(attachment));
            networks.merge(
                    attachment.device(), new Clients(false, one.ipv6Prefixes(), one.ipv4Prefixes()), Clients::plus);
        }
        return networks;
    }

    private static boolean isPrivate(Ipv4Prefix prefix) {
        return Clients.PRIVATE.ipv4().stream()
                .anyMatch(range -> range.length() <= prefix.length() && range.overlaps(prefix));
    }

    private static boolean isPrivate(Ipv6Prefix prefix) {
        return Clients.PRIVATE.ipv6().stream()
                .anyMatch(range -> range.length() <= prefix.length() && range.overlaps(prefix));
    }

    private static String listed(Clients clients) {
        return Stream.concat(clients.ipv6().stream(), clients.ipv4().stream())
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }
}
