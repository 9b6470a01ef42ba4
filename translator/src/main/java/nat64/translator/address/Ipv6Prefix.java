// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

/** A range of IPv6 addresses, written {@code 2001:db8::/32}. The address has no bits set beyond the length. */
public record Ipv6Prefix(long high, long low, int length) {

    /** {@code ::ffff:0:0/96}: how sockets show IPv4 peers; never sent on a link (RFC 4291, section 2.5.5.2). */
    public static final Ipv6Prefix IPV4_MAPPED = parse("::ffff:0:0/96");

    public Ipv6Prefix {
        if (length < 0 || length > 128) {
            throw new IllegalArgumentException("an IPv6 prefix length is 0 to 128, not " + length);
        }
        if ((high & ~highMask(length)) != 0 || (low & ~lowMask(length)) != 0) {
            throw new IllegalArgumentException("%s/%d has bits set beyond its length; write %s/%d"
                    .formatted(
                            new Ipv6Address(high, low),
                            length,
                            new Ipv6Address(high & highMask(length), low & lowMask(length)),
                            length));
        }
    }

    /**
     * Parses {@code address/length}; an address without a length is a /128.
     *
     * @throws IllegalArgumentException if the text is not a prefix
     */
    public static Ipv6Prefix parse(String text) {
        int slash = text.indexOf('/');
        var address = Ipv6Address.parse(slash < 0 ? text : text.substring(0, slash));
        return new Ipv6Prefix(address.high(), address.low(), slash < 0 ? 128 : PrefixLength.parse(text, slash, 128));
    }

    public boolean contains(long candidateHigh, long candidateLow) {
        return (candidateHigh & highMask(length)) == high && (candidateLow & lowMask(length)) == low;
    }

    public boolean contains(Ipv6Address candidate) {
        return contains(candidate.high(), candidate.low());
    }

    public boolean overlaps(Ipv6Prefix other) {
        return length <= other.length ? contains(other.high, other.low) : other.contains(high, low);
    }

    /** The first address of the range. */
    public Ipv6Address first() {
        return new Ipv6Address(high, low);
    }

    @Override
    public String toString() {
        return first() + "/" + length;
    }

    static long highMask(int length) {
        return length == 0 ? 0 : length >= 64 ? -1 : -1L << (64 - length);
    }

    static long lowMask(int length) {
        return length <= 64 ? 0 : -1L << (128 - length);
    }
}
