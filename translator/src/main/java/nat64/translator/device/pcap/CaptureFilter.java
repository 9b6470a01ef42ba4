// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.device.ethernet.MacAddress;

/**
 * What the kernel lets through to a port, in the language of pcap-filter(7): packets for its addresses that are sent to
 * its MAC address, and the messages of address resolution.
 */
final class CaptureFilter {

    private CaptureFilter() {}

    /** Also neighbor solicitations and advertisements (ICMPv6 types 135 and 136), which may be multicast. */
    static String ipv6(long mac, List<Ipv6Prefix> destinations) {
        return filter("ip6", mac, destinations.stream())
                + " or ((%s or ether multicast) and icmp6 and (ip6[40] = 135 or ip6[40] = 136))".formatted(to(mac));
    }

    /** Also ARP, which may be broadcast. */
    static String ipv4(long mac, List<Ipv4Prefix> destinations) {
        return filter("ip", mac, destinations.stream()) + " or ((%s or ether broadcast) and arp)".formatted(to(mac));
    }

    private static String filter(String version, long mac, Stream<?> destinations) {
        var nets = destinations.map(prefix -> "dst net " + prefix).collect(Collectors.joining(" or "));
        return "(%s and %s and (%s))".formatted(to(mac), version, nets);
    }

    private static String to(long mac) {
        return "ether dst " + MacAddress.format(mac);
    }
}
