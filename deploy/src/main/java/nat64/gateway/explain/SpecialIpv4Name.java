// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.explain;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;

/** What a range of IPv4 addresses is called (RFC 6890 and the IANA registry it set up). */
record SpecialIpv4Name(Ipv4Prefix range, String sentence) {

    private static final List<SpecialIpv4Name> ALL = List.of(
            of("0.0.0.0/8", "\"this network\" (RFC 1122), never a destination."),
            of("10.0.0.0/8", "private (RFC 1918)."),
            of("100.64.0.0/10", "shared between a provider and its customers (RFC 6598), not global."),
            of("127.0.0.0/8", "loopback: each host itself."),
            of("169.254.0.0/16", "link-local (RFC 3927)."),
            of("172.16.0.0/12", "private (RFC 1918)."),
            of("192.0.0.0/24", "kept for protocols (RFC 6890), not global."),
            of("192.0.2.0/24", "for documentation (RFC 5737), never a real host."),
            of("192.88.99.0/24", "the old 6to4 relay anycast (RFC 7526)."),
            of("192.168.0.0/16", "private (RFC 1918)."),
            of("198.18.0.0/15", "for benchmarks (RFC 2544), not global."),
            of("198.51.100.0/24", "for documentation (RFC 5737), never a real host."),
            of("203.0.113.0/24", "for documentation (RFC 5737), never a real host."),
            of("224.0.0.0/4", "a multicast group."),
            of("255.255.255.255/32", "the broadcast address of the link."),
            of("240.0.0.0/4", "reserved (RFC 1112)."),
            of("0.0.0.0/0", "an ordinary global IPv4 address."));

    static String of(int address) {
        return ALL.stream()
                .filter(name -> name.range.contains(address))
                .findFirst()
                .orElseThrow()
                .sentence;
    }

    private static SpecialIpv4Name of(String range, String sentence) {
        return new SpecialIpv4Name(Ipv4Prefix.parse(range), sentence);
    }
}
