// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.EnumSet;
import nat64.gateway.netlink.KernelEvents;
import nat64.gateway.netlink.Topic;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.translate.Mtu;
import nat64.translator.translate.NextHopMtus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MTUs of the links that translated packets leave this host by, followed when links and routes change. On the IPv4
 * side it is the default route's link; on the IPv6 side, and where there is no default route, that link with the
 * largest MTU: the translator must refuse nothing that one of the links takes, and the kernel itself tells senders
 * what is too big for another. Any thread may read.
 */
public final class HostMtus implements NextHopMtus, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostMtus.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final String ownDevice;
    private @Nullable KernelEvents events;
    private volatile int ipv6 = UNKNOWN;
    private volatile int ipv4 = UNKNOWN;

    private HostMtus(String ownDevice) {
        this.ownDevice = ownDevice;
    }

    /**
     * Reads the MTUs, and again at each change until it is closed.
     *
     * @param ownDevice the translator's, which does not count
     * @throws HostException if the host can't be asked
     */
    public static HostMtus follow(String ownDevice) throws HostException {
        var mtus = new HostMtus(ownDevice);
        mtus.read();
        try {
            mtus.events = KernelEvents.follow(
                    "nat64-mtus", EnumSet.of(Topic.LINKS, Topic.ROUTES), KernelEvents.SOON, _ -> mtus.readAgain());
        } catch (IOException e) {
            throw new HostException("links and routes cannot be followed: " + e.getMessage(), e);
        }
        return mtus;
    }

    @Override
    public int ipv6() {
        return ipv6;
    }

    @Override
    public int ipv4() {
        return ipv4;
    }

    @Override
    public void close() {
        if (events != null) {
            events.close();
        }
    }

    private Duration readAgain() {
        try {
            read();
        } catch (HostException e) {
            LOG.warn("Could not read the MTUs of the links; the last ones stay in use: {}", e.getMessage());
        }
        return PERIOD;
    }

    /** Routes that the kernel made for prefixes on links tell which links there are, however many routes there are. */
    private void read() throws HostException {
        var ipv6Routes = Route.parse(Commands.json("ip -json -6 route show proto kernel"));
        var defaultRoutes = Routes.toTheInternet();
        var ipv4Routes = defaultRoutes.isEmpty() ? Routes.toLinks() : defaultRoutes;
        set(
                Math.max(Mtu.SMALLEST_IPV6, LinkMtus.largest(ipv6Routes, ownDevice, HostMtus::linkMtu)),
                Math.max(Mtu.SMALLEST_IPV4, LinkMtus.largest(ipv4Routes, ownDevice, HostMtus::linkMtu)));
    }

    private void set(int newIpv6, int newIpv4) {
        if (newIpv6 != ipv6 || newIpv4 != ipv4) {
            ipv6 = newIpv6;
            ipv4 = newIpv4;
            LOG.info("link MTU: {} on the IPv6 side, {} on the IPv4 side", newIpv6, newIpv4);
        }
    }

    private static int linkMtu(String device) {
        try {
            var found = NetworkInterface.getByName(device);
            return found == null ? 0 : found.getMTU();
        } catch (SocketException e) {
            return 0; // it went away in between
        }
    }
}
