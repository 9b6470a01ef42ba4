// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.TestBed;

/**
 * A router between the client and the gateway of a bed, whose link to the client is narrow; the client goes on to ask
 * for segments that fill a wide link.
 */
public final class NarrowIpv6Path implements AutoCloseable {

    /** The client's new network, behind the router. */
    public static final String CLIENTS = "2001:db8:6::/64";

    private static final String ROUTER_ADDRESS = "2001:db8:1::6";
    private static final String CLIENT = "2001:db8:6::2";
    private static final String CLIENT_GATEWAY = "2001:db8:6::1";

    private final TestBed bed;
    private final String router;

    private NarrowIpv6Path(TestBed bed) {
        this.bed = bed;
        router = bed.client().name() + "-router";
    }

    /** Puts the router in. */
    public static NarrowIpv6Path build(TestBed bed, int mtu) throws HostException {
        var path = new NarrowIpv6Path(bed);
        Commands.run("ip netns add " + path.router);
        try {
            path.build(mtu);
            return path;
        } catch (HostException e) {
            path.close();
            throw e;
        }
    }

    @Override
    public void close() throws HostException {
        Commands.run("ip netns delete " + router);
    }

    private void build(int mtu) throws HostException {
        bed.gateway().run("ip link set clients netns " + router + " name toclient");
        bed.gateway().run("ip link add clients type veth peer name togateway netns " + router);
        bed.gateway().run("ip address add " + TestBed.GATEWAY_IPV6 + "/64 dev clients nodad");
        bed.gateway().run("ip link set clients up");
        bed.gateway().run("ethtool -K clients tx off rx off gro on");
        inside("ethtool -K togateway tx off rx off");
        inside("sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv6.icmp.ratelimit=0");
        inside("ip address add " + ROUTER_ADDRESS + "/64 dev togateway nodad");
        inside("ip address add " + CLIENT_GATEWAY + "/64 dev toclient nodad");
        inside("ip link set togateway up");
        inside("ip link set toclient mtu " + mtu + " up");
        inside("ip -6 route add default via " + TestBed.GATEWAY_IPV6);
        bed.gateway().run("ip -6 route add " + CLIENTS + " via " + ROUTER_ADDRESS);
        bed.client().run("ip -6 address flush dev eth0 scope global");
        bed.client().run("ip address add " + CLIENT + "/64 dev eth0 nodad");
        bed.client().run("ip link set eth0 mtu " + mtu);
        bed.client().run("ip -6 route replace default via " + CLIENT_GATEWAY + " dev eth0 advmss 1440");
    }

    private void inside(String command) throws HostException {
        Commands.run("ip netns exec " + router + " " + command);
    }
}
