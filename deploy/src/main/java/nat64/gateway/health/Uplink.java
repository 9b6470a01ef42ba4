// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import nat64.gateway.system.HostException;
import nat64.gateway.system.InternetRoute;

/**
 * Whether the host has a link to the IPv4 side, as far as it can tell by itself. A host without a default route may
 * still serve hosts behind other routes, so only a route that was there before is missed.
 */
public final class Uplink implements RepeatedProbe.Round {

    public static final String NAME = "uplink";

    private final List<String> ownDevices;
    private Optional<String> known = Optional.empty();

    /**
     * @param ownDevices the devices of the gateway itself, which don't count
     */
    public Uplink(List<String> ownDevices) {
        this.ownDevices = List.copyOf(ownDevices);
    }

    @Override
    public Map<String, Finding> ask() {
        try {
            var way = InternetRoute.ofThisHost().map(InternetRoute::device);
            var links = NetworkInterface.networkInterfaces()
                    .filter(link -> !ownDevices.contains(link.getName()))
                    .map(Uplink::link)
                    .toList();
            return Map.of(NAME, judge(way, links));
        } catch (HostException | SocketException e) {
            return Map.of(NAME, new Finding.Failed("the IPv4 uplink can't be read: " + e.getMessage(), false));
        }
    }

    /** A link of the host, and what counts of it. */
    record Link(String name, boolean isUp, boolean hasIpv4) {}

    /** Remembers the way out, and misses it later. */
    Finding judge(Optional<String> way, List<Link> links) {
        var before = known;
        known = way.or(() -> known);
        if (way.isPresent()) {
            return isUp(way.get(), links)
                    ? new Finding.Passed(Duration.ZERO)
                    : failed("the link %s, over which the default route goes, is down".formatted(way.get()));
        }
        if (before.isPresent()) {
            return failed("the default route over %s is gone%s"
                    .formatted(before.get(), isUp(before.get(), links) ? "" : ", and the link is down"));
        }
        var withIpv4 = links.stream().filter(Link::hasIpv4).toList();
        if (withIpv4.isEmpty()) {
            return failed("no link has an IPv4 address");
        }
        if (withIpv4.stream().noneMatch(Link::isUp)) {
            return failed("all links with an IPv4 address are down: "
                    + withIpv4.stream().map(Link::name).collect(Collectors.joining(", ")));
        }
        return new Finding.Passed(Duration.ZERO);
    }

    private static boolean isUp(String name, List<Link> links) {
        return links.stream().anyMatch(link -> link.name().equals(name) && link.isUp());
    }

    private static Finding failed(String why) {
        return new Finding.Failed("no IPv4 uplink: " + why, false);
    }

    /** A link that goes while it is looked at is down. */
    private static Link link(NetworkInterface link) {
        boolean hasIpv4 = link.inetAddresses()
                .anyMatch(address -> address instanceof Inet4Address && !address.isLoopbackAddress());
        try {
            return new Link(link.getName(), link.isUp(), hasIpv4);
        } catch (SocketException e) {
            return new Link(link.getName(), false, hasIpv4);
        }
    }
}
