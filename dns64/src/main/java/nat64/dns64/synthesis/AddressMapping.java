// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;
import org.xbill.DNS.ARecord;

/**
 * Which IPv6 addresses stand for the address of an A record: one under each prefix (RFC 6147, section 5.2), or one
 * under the prefix of the range that the address is in (RFC 6147, section 5, "separate ranges").
 *
 * @param pref64s in the order in which the answers show them
 * @param ranges exceptions; of those that an address is in, the longest counts
 * @param translateNonGlobal whether the Well-Known Prefix may carry IPv4 addresses that are not global, against
 *     RFC 6052, section 3.1
 */
public record AddressMapping(List<Pref64> pref64s, List<Range> ranges, boolean translateNonGlobal) {

    /** With 100 A records, as many as a DNS message of 64 KiB has room for. */
    public static final int MAX_PREF64S = 16;

    /**
     * A range of IPv4 addresses with a prefix of its own.
     *
     * @param pref64 empty: these addresses have no IPv6 address
     */
    public record Range(Ipv4Prefix ipv4, Optional<Pref64> pref64) {}

    public AddressMapping {
        pref64s = List.copyOf(pref64s);
        ranges = ranges.stream()
                .sorted(Comparator.comparingInt((Range range) -> range.ipv4().length())
                        .reversed())
                .toList();
        if (pref64s.isEmpty()) {
            throw new IllegalArgumentException("a DNS64 needs at least one Pref64");
        }
        if (pref64s.size() > MAX_PREF64S) {
            throw new IllegalArgumentException("a DNS64 has at most " + MAX_PREF64S + " Pref64s");
        }
    }

    /** Without exceptions. */
    public AddressMapping(List<Pref64> pref64s, boolean translateNonGlobal) {
        this(pref64s, List.of(), translateNonGlobal);
    }

    /** The same under other prefixes. */
    public AddressMapping with(List<Pref64> others) {
        return new AddressMapping(others, ranges, translateNonGlobal);
    }

    /** The same, where these addresses have no IPv6 address, unless there is a range of the very same prefix. */
    public AddressMapping refusing(List<Ipv4Prefix> destinations) {
        var refused = destinations.stream()
                .filter(prefix -> ranges.stream().noneMatch(range -> range.ipv4.equals(prefix)))
                .map(prefix -> new Range(prefix, Optional.empty()));
        return new AddressMapping(
                pref64s, Stream.concat(ranges.stream(), refused).toList(), translateNonGlobal);
    }

    /** The longest range that the address is in. */
    public Optional<Range> range(int ipv4) {
        return ranges.stream().filter(range -> range.ipv4.contains(ipv4)).findFirst();
    }

    /** None if no prefix may carry the address, or no router would forward to it. */
    public List<Ipv6Address> addresses(int ipv4) {
        var prefixes = range(ipv4).map(range -> range.pref64.stream().toList()).orElse(pref64s);
        return prefixes.stream()
                .filter(prefix -> mayCarry(prefix, ipv4))
                .map(prefix -> prefix.embed(ipv4))
                .toList();
    }

    /** The IPv6 addresses of a record. */
    Stream<Ipv6Address> addresses(ARecord record) {
        return addresses(ipv4(record)).stream();
    }

    /** The address of a record as a number. */
    public static int ipv4(ARecord record) {
        return ByteBuffer.wrap(record.rdataToWireCanonical()).getInt();
    }

    private boolean mayCarry(Pref64 prefix, int ipv4) {
        return SpecialIpv4.isRouted(ipv4)
                && (!prefix.isWellKnown() || translateNonGlobal || SpecialIpv4.isGlobal(ipv4));
    }
}
