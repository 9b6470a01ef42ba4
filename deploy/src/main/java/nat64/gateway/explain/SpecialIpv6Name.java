// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.explain;

import java.util.List;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;

/**
 * A range of IPv6 addresses with a meaning of its own (RFC 6890 and the IANA registry it set up).
 *
 * @param sentence what it is, to be read behind "is"
 * @param isForwarded whether a router may forward packets to it
 */
record SpecialIpv6Name(Ipv6Prefix range, String sentence, boolean isForwarded) {

    /** The first that contains an address is meant, so the narrow ones stand before the wide ones. */
    private static final List<SpecialIpv6Name> ALL = List.of(
            kept("::/128", "the unspecified address: \"no address yet\", never a destination."),
            kept("::1/128", "loopback: this host itself."),
            kept(
                    "::/96",
                    "an IPv4-compatible address (RFC 4291, section 2.5.5.1), a form given up in 2006. Nothing translates"
                            + " it."),
            forwarded(
                    "64:ff9b::/96",
                    "in the Well-Known Prefix (RFC 6052), which is not among the Pref64s of this configuration."),
            forwarded("64:ff9b:1::/48", "in the prefix for translators inside one network (RFC 8215)."),
            kept("100::/64", "in the discard-only prefix (RFC 6666): packets to it are thrown away."),
            forwarded(
                    "2001::/32",
                    "a Teredo address (RFC 4380): IPv6 inside UDP over IPv4, a tunnel and no translation."),
            kept("2001:db8::/32", "from the documentation prefix (RFC 3849): for examples, never a real host."),
            kept("3fff::/20", "from the documentation prefix (RFC 9637): for examples, never a real host."),
            forwarded("2002::/16", "a 6to4 address (RFC 3056): a tunnel over IPv4, not NAT64; given up by RFC 7526."),
            forwarded(
                    "fc00::/7",
                    "a unique local address (ULA, RFC 4193): private to its site, as 10.0.0.0/8 is in IPv4."),
            kept("fe80::/10", "a link-local address: it is valid on one link only, and no router forwards to it."),
            kept("fec0::/10", "a site-local address, a form given up in 2004 (RFC 3879)."),
            kept("ff00::/8", "a multicast group. NAT64 translates unicast only (RFC 6146, section 1.1)."),
            forwarded("2000::/3", "an ordinary global IPv6 address."),
            kept("::/0", "in a range that is not assigned to anything."));

    private static final Ipv6Prefix SIX_TO_FOUR = Ipv6Prefix.parse("2002::/16");

    private static final Ipv6Prefix GLOBAL = Ipv6Prefix.parse("2000::/3");

    /** Whether it is an ordinary global address. */
    boolean isGlobal() {
        return range.equals(GLOBAL);
    }

    static SpecialIpv6Name of(Ipv6Address address) {
        var found = ALL.stream()
                .filter(special -> special.range.contains(address))
                .findFirst()
                .orElseThrow();
        return found.range.equals(SIX_TO_FOUR) ? found.with(Ipv4Address.format((int) (address.high() >>> 16))) : found;
    }

    private SpecialIpv6Name with(String ipv4) {
        return new SpecialIpv6Name(range, sentence + " The IPv4 address in it is " + ipv4 + ".", isForwarded);
    }

    private static SpecialIpv6Name kept(String range, String sentence) {
        return new SpecialIpv6Name(Ipv6Prefix.parse(range), sentence, false);
    }

    private static SpecialIpv6Name forwarded(String range, String sentence) {
        return new SpecialIpv6Name(Ipv6Prefix.parse(range), sentence, true);
    }
}
