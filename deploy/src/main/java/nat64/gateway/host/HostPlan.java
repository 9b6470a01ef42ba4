// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import nat64.translator.address.Eam;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;

/**
 * What a host must route to the translator's device.
 *
 * @param pref64s IPv6 prefixes that are translated
 * @param pool4 IPv4 prefixes that stand for IPv6 hosts
 * @param masquerade whether pool4 hides behind the host's IPv4 address; otherwise the network must route pool4 here
 * @param proxies addresses of pool4 that the host answers ARP for
 * @param clat the host's own IPv4 address, and the IPv6 address that stands for it; if it has one, its IPv4 packets
 *     go to the device
 * @param shared the host's own address, if its ports stand for IPv6 hosts, too; it is not among pool4
 */
public record HostPlan(
        Device device,
        List<Ipv6Prefix> pref64s,
        List<Ipv4Prefix> pool4,
        boolean masquerade,
        Optional<Eam> clat,
        Optional<SharedAddress> shared,
        List<ProxyArp.Proxy> proxies) {

    /**
     * The translator's device.
     *
     * @param hostAddress the host's own address on the device
     * @param translatorAddress the translator's address behind the device, source of its ICMPv6 errors
     */
    public record Device(String name, Ipv6Address hostAddress, Ipv6Address translatorAddress) {

        private static final int LONGEST_NAME = 15; // IFNAMSIZ, less the final zero
        private static final String PROBE = "-probe";

        public Device {
            if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}")) {
                throw new IllegalArgumentException(
                        "a device name has 1 to 15 letters, digits, '_', '-' or '.', not " + name);
            }
        }

        /** The name of the device by which the gateway finds out whether packets get through. */
        public String probe() {
            return name.substring(0, Math.min(name.length(), LONGEST_NAME - PROBE.length())) + PROBE;
        }
    }

    public HostPlan {
        pref64s = List.copyOf(pref64s);
        pool4 = List.copyOf(pool4);
        proxies = List.copyOf(proxies);
    }

    /** Where no address of the host is shared and nothing is asked by ARP. */
    public HostPlan(
            Device device, List<Ipv6Prefix> pref64s, List<Ipv4Prefix> pool4, boolean masquerade, Optional<Eam> clat) {
        this(device, pref64s, pool4, masquerade, clat, Optional.empty(), List.of());
    }

    /** The same with other routes. */
    HostPlan with(List<Ipv6Prefix> ipv6Routes, List<Ipv4Prefix> ipv4Routes) {
        return new HostPlan(device, ipv6Routes, ipv4Routes, masquerade, clat, shared, proxies);
    }

    /** The same with ARP for others. */
    HostPlan with(List<ProxyArp.Proxy> others) {
        return new HostPlan(device, pref64s, pool4, masquerade, clat, shared, others);
    }

    /** Name of the nftables table (family ip) that holds the masquerade rules. */
    public String nftTable() {
        var name = device.name().replaceAll("[^A-Za-z0-9_]", "_");
        return name.startsWith("nat64") ? name : "nat64_" + name;
    }

    /** The names of all nftables tables, of family ip, that the gateway may make. */
    public Set<String> nftTables() {
        return Set.of(nftTable(), nftTableOfShared());
    }

    /** As {@link #nftTable}, of the table for the shared address. */
    String nftTableOfShared() {
        return nftTable() + "_own";
    }
}
