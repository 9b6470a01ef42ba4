// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import java.util.List;

/**
 * A prefix for IPv6 addresses with an embedded IPv4 address (RFC 6052, section 2.2). The IPv4 address follows the
 * prefix and skips bits 64 to 71, which are zero. The remaining suffix is zero when written and ignored when read.
 */
public record Pref64(Ipv6Prefix prefix) {

    /** The lengths that RFC 6052, section 2.2, defines. */
    public static final List<Integer> LENGTHS = List.of(32, 40, 48, 56, 64, 96);

    private static final Ipv6Prefix WELL_KNOWN_RANGE = Ipv6Prefix.parse("64:ff9b::/96");
    private static final List<Ipv6Prefix> NOT_ROUTED = List.of(
            Ipv6Prefix.parse("::1/128"),
            Ipv6Prefix.parse("::/96"),
            Ipv6Prefix.parse("fe80::/10"),
            Ipv6Prefix.parse("ff00::/8"));
    private static final long RESERVED_BITS = 0xffL << 56;

    /** {@code 64:ff9b::/96}, the Well-Known Prefix (RFC 6052, section 2.1). */
    public static final Pref64 WELL_KNOWN = new Pref64(WELL_KNOWN_RANGE);

    public Pref64 {
        if (!LENGTHS.contains(prefix.length())) {
            throw new IllegalArgumentException(
                    "a Pref64 has a length of 32, 40, 48, 56, 64 or 96 (RFC 6052, section 2.2), not " + prefix.length()
                            + ": " + prefix);
        }
        if (Ipv6Prefix.IPV4_MAPPED.overlaps(prefix)) {
            throw new IllegalArgumentException(prefix + " is inside ::ffff:0:0/96: IPv4-mapped addresses mean IPv4 to"
                    + " every socket and never leave a host as IPv6; use 64:ff9b::/96 or a prefix of your own");
        }
        if ((prefix.low() & RESERVED_BITS) != 0) {
            throw new IllegalArgumentException(
                    "bits 64 to 71 of a Pref64 must be zero (RFC 6052, section 2.2): " + prefix);
        }
        for (var range : NOT_ROUTED) {
            if (range.overlaps(prefix)) {
                throw new IllegalArgumentException(prefix + " overlaps " + range + ", which routers do not forward");
            }
        }
        if (WELL_KNOWN_RANGE.overlaps(prefix) && !WELL_KNOWN_RANGE.equals(prefix)) {
            throw new IllegalArgumentException("the Well-Known Prefix is 64:ff9b::/96 and no other length (RFC 6052,"
                    + " section 2.1); for a local one choose inside 64:ff9b:1::/48 (RFC 8215): " + prefix);
        }
    }

    /**
     * Parses {@code prefix/length}.
     *
     * @throws IllegalArgumentException if the text is not a prefix, or one that can't be a Pref64; the message says why
     */
    public static Pref64 parse(String text) {
        return new Pref64(Ipv6Prefix.parse(text));
    }

    public boolean isWellKnown() {
        return prefix.equals(WELL_KNOWN_RANGE);
    }

    public boolean contains(long high, long low) {
        return prefix.contains(high, low);
    }

    public boolean contains(Ipv6Address address) {
        return prefix.contains(address);
    }

    /** The upper half of the IPv6 address of an IPv4 address. */
    public long embedHigh(int ipv4) {
        int bitsAbove = bitsInHighHalf();
        return bitsAbove == 0 ? prefix.high() : prefix.high() | ((ipv4 & 0xffff_ffffL) >>> (32 - bitsAbove));
    }

    /** The lower half of the IPv6 address of an IPv4 address. */
    public long embedLow(int ipv4) {
        if (prefix.length() == 96) {
            return prefix.low() | (ipv4 & 0xffff_ffffL);
        }
        int bitsAbove = bitsInHighHalf();
        long rest = (ipv4 & 0xffff_ffffL) & ((1L << (32 - bitsAbove)) - 1);
        return prefix.low() | (rest << (24 + bitsAbove));
    }

    /** The IPv6 address of an IPv4 address. */
    public Ipv6Address embed(int ipv4) {
        return new Ipv6Address(embedHigh(ipv4), embedLow(ipv4));
    }

    /** The IPv4 address inside an address of this prefix; the suffix is ignored (RFC 6052, section 2.2). */
    public int extract(long high, long low) {
        if (prefix.length() == 96) {
            return (int) low;
        }
        int bitsAbove = bitsInHighHalf();
        long above = bitsAbove == 0 ? 0 : (high & ((1L << bitsAbove) - 1)) << (32 - bitsAbove);
        long rest = (low >>> (24 + bitsAbove)) & ((1L << (32 - bitsAbove)) - 1);
        return (int) (above | rest);
    }

    /** As {@link #extract(long, long)}. */
    public int extract(Ipv6Address address) {
        return extract(address.high(), address.low());
    }

    @Override
    public String toString() {
        return prefix.toString();
    }

    private int bitsInHighHalf() {
        return prefix.length() >= 64 ? 0 : 64 - prefix.length();
    }
}
