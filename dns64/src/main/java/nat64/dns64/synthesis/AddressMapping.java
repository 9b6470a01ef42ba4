// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;
import org.xbill.DNS.ARecord;

/**
 * Which IPv6 addresses stand for the address of an A record: one under each prefix (RFC 6147, section 5.2).
 *
 * @param pref64s in the order in which the answers show them
 * @param translateNonGlobal whether the Well-Known Prefix may carry IPv4 addresses that are not global, against
 *     RFC 6052, section 3.1
 */
public record AddressMapping(List<Pref64> pref64s, boolean translateNonGlobal) {

    public AddressMapping {
        pref64s = List.copyOf(pref64s);
        if (pref64s.isEmpty()) {
            throw new IllegalArgumentException("a DNS64 needs at least one Pref64");
        }
    }

    /** None if no prefix may carry the address, or no router would forward to it. */
    Stream<Ipv6Address> addresses(ARecord record) {
        int ipv4 = ByteBuffer.wrap(record.rdataToWireCanonical()).getInt();
        return pref64s.stream().filter(prefix -> mayCarry(prefix, ipv4)).map(prefix -> prefix.embed(ipv4));
    }

    private boolean mayCarry(Pref64 prefix, int ipv4) {
        return SpecialIpv4.isRouted(ipv4)
                && (!prefix.isWellKnown() || translateNonGlobal || SpecialIpv4.isGlobal(ipv4));
    }
}
