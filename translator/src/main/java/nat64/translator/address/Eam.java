// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

/**
 * An Explicit Address Mapping (RFC 7757, section 3.2): maps the addresses of an IPv4 prefix to those of an IPv6 prefix.
 * The IPv4 prefix has no more suffix bits than the IPv6 prefix, so that every IPv4 address has an IPv6 address.
 */
public record Eam(Ipv4Prefix ipv4, Ipv6Prefix ipv6) {

    public Eam {
        int ipv4Suffix = 32 - ipv4.length();
        int ipv6Suffix = 128 - ipv6.length();
        if (ipv4Suffix > ipv6Suffix) {
            throw new IllegalArgumentException(
                    "%s has %d suffix bits, and %s only %d (RFC 7757, section 3.2); make the IPv6 prefix /%d or shorter"
                            .formatted(ipv4, ipv4Suffix, ipv6, ipv6Suffix, 128 - ipv4Suffix));
        }
    }

    /** Parses the two prefixes; an address without a length is a prefix of its full length. */
    public static Eam parse(String ipv4, String ipv6) {
        return new Eam(Ipv4Prefix.parse(ipv4), Ipv6Prefix.parse(ipv6));
    }

    /** The upper half of the IPv6 address of an IPv4 address in this mapping (RFC 7757, section 3.3.1). */
    public long ipv6High(int address) {
        return ipv6.high() | above(suffix(address));
    }

    /** The lower half of the IPv6 address of an IPv4 address in this mapping. */
    public long ipv6Low(int address) {
        return ipv6.low() | below(suffix(address));
    }

    /** The IPv4 address of an IPv6 address in this mapping; surplus bits are ignored (section 3.3.2). */
    public int ipv4Of(long high, long low) {
        int length = ipv6.length();
        long suffix = length == 0 ? high : length < 64 ? (high << length) | (low >>> (64 - length)) : 0;
        if (length >= 64 && length < 128) {
            suffix = low << (length - 64);
        }
        return ipv4.length() == 32 ? ipv4.address() : ipv4.address() | (int) (suffix >>> (32 + ipv4.length()));
    }

    /** Whether an address of either family belongs to both mappings. */
    public boolean overlaps(Eam other) {
        return ipv4.overlaps(other.ipv4) || ipv6.overlaps(other.ipv6);
    }

    @Override
    public String toString() {
        return ipv4 + " <-> " + ipv6;
    }

    /** The bits of the IPv4 address after its prefix, shifted to the top. */
    private long suffix(int address) {
        return ipv4.length() == 32 ? 0 : (long) address << (32 + ipv4.length());
    }

    private long above(long suffix) {
        return ipv6.length() >= 64 ? 0 : suffix >>> ipv6.length();
    }

    private long below(long suffix) {
        int length = ipv6.length();
        if (length == 0 || length == 128) {
            return 0;
        }
        return length < 64 ? suffix << (64 - length) : suffix >>> (length - 64);
    }
}
