// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.TestBed;

/**
 * A router between the gateway and the server of a bed, whose link to the gateway is narrow; the server's own link
 * stays wide, so that nobody knows of it but by path MTU discovery. It answers ARP for both sides, so that addresses
 * stay.
 */
public final class NarrowPath implements AutoCloseable {

    /** Where the router's ICMP errors come from. */
    static final String ROUTER = "192.52.193.254";

    private final TestBed bed;
    private final String router;

    private NarrowPath(TestBed bed) {
        this.bed = bed;
        router = bed.server().name() + "-router";
    }

    /** Puts the router in; pool4 prefixes behind the gateway are routed there. */
    public static NarrowPath build(TestBed bed, String pool4) throws HostException {
        var path = new NarrowPath(bed);
        try {
            path.build(pool4);
            return path;
        } catch (HostException e) {
            path.close();
            throw e;
        }
    }

    /** Gives the narrow link another MTU, and has the server forget what it knows. */
    public void narrow(int mtu) throws HostException {
        bed.gateway().run("ip link set internet mtu " + mtu);
        inside("ip link set togateway mtu " + mtu);
        bed.server().run("ip route flush cache");
        bed.client().run("ip -6 route flush cache");
    }

    /**
     * Narrows the link between router and server instead; the server goes on to ask for segments that fill a wide link.
     */
    public void narrowServerLink(int mtu, String pool4) throws HostException {
        inside("ip link set toserver mtu " + mtu);
        bed.server().run("ip link set eth0 mtu " + mtu);
        bed.server().run("ip route replace " + pool4 + " via " + TestBed.GATEWAY_IPV4 + " dev eth0 advmss 1460");
    }

    /** Whether the gateway gets the segments of a flow as super-packets. */
    void mergeSegments(boolean merged) throws HostException {
        bed.gateway().run("ethtool -K internet gro " + (merged ? "on" : "off"));
    }

    @Override
    public void close() throws HostException {
        Commands.run("ip netns delete " + router);
    }

    private void build(String pool4) throws HostException {
        Commands.run("ip netns add " + router);
        bed.gateway().run("ip link set internet netns " + router + " name toserver");
        bed.gateway().run("ip link add internet type veth peer name togateway netns " + router);
        bed.gateway().run("ip address add " + TestBed.GATEWAY_IPV4 + "/24 dev internet");
        bed.gateway().run("ip link set internet up");
        bed.gateway().run("ethtool -K internet tx off rx off");
        mergeSegments(true);
        inside("ethtool -K togateway tx off rx off");
        inside("ethtool -K toserver tx off rx off");
        bed.server().run("ethtool -K eth0 tx off rx off");
        inside("ip address add " + ROUTER + "/32 dev lo");
        for (var link : new String[] {"lo", "togateway", "toserver"}) {
            inside("ip link set " + link + " up");
        }
        inside("sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.proxy_arp=1 net.ipv4.conf.all.rp_filter=0"
                + " net.ipv4.icmp_ratelimit=0 net.ipv4.conf.togateway.proxy_arp=1 net.ipv4.conf.toserver.proxy_arp=1");
        inside("ip route add " + TestBed.GATEWAY_IPV4 + "/32 dev togateway");
        inside("ip route add " + TestBed.SERVER_ADDRESS + "/32 dev toserver");
        inside("ip route add " + pool4 + " via " + TestBed.GATEWAY_IPV4 + " dev togateway onlink");
        bed.server().run("ip route add " + pool4 + " via " + TestBed.GATEWAY_IPV4 + " dev eth0");
        bed.server().run("ip neighbour flush dev eth0");
    }

    private void inside(String command) throws HostException {
        Commands.run("ip netns exec " + router + " " + command);
    }
}
