// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

/** A range of IPv4 addresses, written {@code 192.0.2.0/24}. The address has no bits set beyond the length. */
public record Ipv4Prefix(int address, int length) {

    public Ipv4Prefix {
        if (length < 0 || length > 32) {
            throw new IllegalArgumentException("an IPv4 prefix length is 0 to 32, not " + length);
        }
        if ((address & ~mask(length)) != 0) {
            throw new IllegalArgumentException("%s/%d has bits set beyond its length; write %s/%d"
                    .formatted(
                            Ipv4Address.format(address), length, Ipv4Address.format(address & mask(length)), length));
        }
    }

    /**
     * Parses {@code a.b.c.d/length}; an address without a length is a /32.
     *
     * @throws IllegalArgumentException if the text is not a prefix
     */
    public static Ipv4Prefix parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new Ipv4Prefix(Ipv4Address.parse(text), 32)
                : new Ipv4Prefix(Ipv4Address.parse(text.substring(0, slash)), PrefixLength.parse(text, slash, 32));
    }

    public boolean contains(int candidate) {
        return (candidate & mask(length)) == address;
    }

    public boolean overlaps(Ipv4Prefix other) {
        return length <= other.length ? contains(other.address) : other.contains(address);
    }

    /** The number of addresses. */
    public long size() {
        return 1L << (32 - length);
    }

    @Override
    public String toString() {
        return Ipv4Address.format(address) + "/" + length;
    }

    private static int mask(int length) {
        return length == 0 ? 0 : -1 << (32 - length);
    }
}
