// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.links;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.BiConsumer;
import nat64.gateway.host.PcapPlan;
import nat64.gateway.netlink.KernelEvents;
import nat64.gateway.netlink.Topic;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv6Address;
import nat64.translator.device.ethernet.IpAddresses;
import nat64.translator.device.ethernet.NextHops;
import nat64.translator.device.pcap.LinkState;
import nat64.translator.translate.NextHopMtus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes and MTUs of the interfaces that a gateway uses by libpcap, followed when they change. Any thread may read. */
public final class PcapLinks implements NextHopMtus, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PcapLinks.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Link ipv6;
    private final Link ipv4;
    private final BiConsumer<LinkState, LinkState> user;
    private @Nullable KernelEvents events;
    private volatile int ipv6Mtu = UNKNOWN;
    private volatile int ipv4Mtu = UNKNOWN;

    /** An interface, and the next hop of what is not on its link; without, the kernel's routes count. */
    private record Link(int version, String device, Optional<Ipv6Address> gateway) {

        static Link ipv6(String device, Optional<Ipv6Address> gateway) {
            return new Link(6, device, gateway);
        }

        static Link ipv4(String device, Optional<Integer> gateway) {
            return new Link(4, device, gateway.map(IpAddresses::ipv4));
        }

        LinkState read() throws HostException {
            var printed = Commands.run("ip -json -%d route show dev %s".formatted(version, device));
            var routes = InterfaceRoutes.withGateway(InterfaceRoutes.of(printed, device, version), gateway, version);
            return new LinkState(NextHops.of(routes), mtu());
        }

        private int mtu() throws HostException {
            try {
                var found = NetworkInterface.getByName(device);
                if (found == null) {
                    throw new HostException("the interface " + device + " has gone");
                }
                return found.getMTU();
            } catch (SocketException e) {
                throw new HostException("cannot read the MTU of " + device + ": " + e.getMessage(), e);
            }
        }
    }

    private PcapLinks(Link ipv6, Link ipv4, BiConsumer<LinkState, LinkState> user) {
        this.ipv6 = ipv6;
        this.ipv4 = ipv4;
        this.user = user;
    }

    /**
     * Reads both interfaces, and again at each change until it is closed.
     *
     * @param user gets the state of both each time, that of the IPv6 side first
     * @throws HostException if the host can't be asked
     */
    public static PcapLinks follow(PcapGateways gateways, PcapPlan plan, BiConsumer<LinkState, LinkState> user)
            throws HostException {
        var links = new PcapLinks(
                Link.ipv6(plan.ipv6Interface(), gateways.ipv6()),
                Link.ipv4(plan.ipv4Interface(), gateways.ipv4()),
                user);
        links.read();
        try {
            links.events = KernelEvents.follow(
                    "nat64-links", EnumSet.of(Topic.LINKS, Topic.ROUTES), KernelEvents.SOON, _ -> links.readAgain());
        } catch (IOException e) {
            throw new HostException("links and routes cannot be followed: " + e.getMessage(), e);
        }
        return links;
    }

    /** The next hops that the operator has named. */
    public record PcapGateways(Optional<Ipv6Address> ipv6, Optional<Integer> ipv4) {}

    @Override
    public int ipv6() {
        return ipv6Mtu;
    }

    @Override
    public int ipv4() {
        return ipv4Mtu;
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
            LOG.warn("Routes and MTUs stay as they were: {}", e.getMessage());
        }
        return PERIOD;
    }

    private synchronized void read() throws HostException {
        var ipv6State = ipv6.read();
        var ipv4State = ipv4.read();
        user.accept(ipv6State, ipv4State);
        if (ipv6State.mtu() != ipv6Mtu || ipv4State.mtu() != ipv4Mtu) {
            ipv6Mtu = ipv6State.mtu();
            ipv4Mtu = ipv4State.mtu();
            LOG.info("MTU of the links: {} to the IPv6 side, {} to the IPv4 side", ipv6Mtu, ipv4Mtu);
        }
    }
}
