// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nat64.translator.translate.Mtu;
import nat64.translator.translate.NextHopMtus;
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
    /** Prints text even with {@code -json} (seen with iproute2 6.1); that a line comes is all that counts. */
    private static final List<String> MONITOR = List.of("ip", "monitor", "link", "route");

    /** Changes come in swarms; one look at the host a second serves them all. */
    private static final int SETTLING_SECONDS = 1;

    private final String ownDevice;
    private final Process monitor;
    private final Thread follower;
    private volatile int ipv6 = UNKNOWN;
    private volatile int ipv4 = UNKNOWN;
    private volatile boolean closed;

    private HostMtus(String ownDevice, Process monitor) {
        this.ownDevice = ownDevice;
        this.monitor = monitor;
        follower = Thread.ofPlatform().daemon().name("nat64-mtus").unstarted(this::followChanges);
    }

    /**
     * Reads the MTUs, and again at each change until it is closed.
     *
     * @param ownDevice the translator's, which does not count
     * @throws HostException if the host can't be asked
     */
    public static HostMtus follow(String ownDevice) throws HostException {
        var mtus = new HostMtus(ownDevice, Commands.start(MONITOR)); // first, so that no change is missed
        try {
            mtus.read();
        } catch (HostException e) {
            mtus.close();
            throw e;
        }
        mtus.follower.start();
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
        closed = true;
        monitor.destroy();
        follower.interrupt();
    }

    private void followChanges() {
        try (var changes = monitor.inputReader(StandardCharsets.UTF_8)) {
            while (changes.readLine() != null) {
                TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
                skip(changes);
                readAgain();
            }
        } catch (IOException | InterruptedException e) {
            LOG.debug("The monitor of links and routes has ended: {}", e.toString());
        }
        if (!closed) {
            LOG.warn("Changes of MTUs are no longer noticed: '{}' has ended", String.join(" ", MONITOR));
        }
    }

    private static void skip(BufferedReader changes) throws IOException {
        while (changes.ready() && changes.readLine() != null) {
            // all of them are served at once
        }
    }

    private void readAgain() {
        try {
            read();
        } catch (HostException e) {
            LOG.warn("Could not read the MTUs of the links; the last ones stay in use: {}", e.getMessage());
        }
    }

    /** Routes that the kernel made for prefixes on links tell which links there are, however many routes there are. */
    private void read() throws HostException {
        var ipv6Routes = Route.parse(Commands.json("ip -json -6 route show proto kernel"));
        var defaultRoutes = Route.parse(Commands.json("ip -json -4 route show default"));
        var ipv4Routes = defaultRoutes.isEmpty()
                ? Route.parse(Commands.json("ip -json -4 route show proto kernel"))
                : defaultRoutes;
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
