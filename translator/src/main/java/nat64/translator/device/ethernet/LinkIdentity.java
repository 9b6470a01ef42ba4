// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;

/**
 * Who the gateway is on a link; IPv4 addresses are as {@link IpAddresses} writes them.
 *
 * @param version of IP that the link carries, 4 or 6
 * @param mac its MAC address
 * @param owned the addresses that it answers ARP or neighbor solicitations for
 * @param solicitationSource the address that it asks neighbors from
 * @param errorSource source of the ICMP errors about packets that can't be delivered on this link
 */
public record LinkIdentity(
        int version, long mac, List<Ipv6Prefix> owned, Ipv6Address solicitationSource, Ipv6Address errorSource) {

    private static final long LINK_LOCAL = 0xfe80L << 48;

    public LinkIdentity {
        owned = List.copyOf(owned);
    }

    /**
     * On the IPv6 side it owns all addresses that it translates, an address as a router, and a link-local address made
     * of the MAC address, which RFC 4861, section 4.3, allows as the source of its solicitations.
     */
    public static LinkIdentity ipv6(long mac, List<Ipv6Prefix> translated, Ipv6Address router) {
        var linkLocal = new Ipv6Address(LINK_LOCAL, MacAddress.interfaceIdentifier(mac));
        var owned = Stream.concat(
                        translated.stream(),
                        Stream.of(router, linkLocal).map(address -> new Ipv6Prefix(address.high(), address.low(), 128)))
                .toList();
        return new LinkIdentity(6, mac, owned, linkLocal, router);
    }

    /**
     * On the IPv4 side it owns pool4 alone.
     *
     * @param pool4 at least one prefix
     * @param hostAddress of the host on this link: neighbors may refuse to answer an address of another subnet
     * @param translatorAddress source of errors where the host has no address: pool4 may belong to other hosts
     */
    public static LinkIdentity ipv4(
            long mac, List<Ipv4Prefix> pool4, Optional<Integer> hostAddress, int translatorAddress) {
        var asking =
                IpAddresses.ipv4(hostAddress.orElseGet(() -> pool4.getFirst().address()));
        var reporting = IpAddresses.ipv4(hostAddress.orElse(translatorAddress));
        return new LinkIdentity(4, mac, pool4.stream().map(IpAddresses::ipv4).toList(), asking, reporting);
    }

    public int etherType() {
        return version == 6 ? EthernetHeader.IPV6 : EthernetHeader.IPV4;
    }
}
