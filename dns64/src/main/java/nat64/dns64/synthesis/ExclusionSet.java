// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.List;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import org.xbill.DNS.AAAARecord;

/**
 * AAAA records that count as not there (RFC 6147, section 5.1.4). Compared on the 16 bytes of the record, because
 * {@link AAAARecord#getAddress()} shows {@code ::ffff:a.b.c.d} as an IPv4 address.
 */
public record ExclusionSet(List<Ipv6Prefix> prefixes) {

    /** {@code ::ffff:0:0/96} alone, the default of RFC 6147, section 5.1.4. */
    public static final ExclusionSet DEFAULT = new ExclusionSet(List.of(Ipv6Prefix.IPV4_MAPPED));

    public ExclusionSet {
        prefixes = List.copyOf(prefixes);
    }

    public boolean excludes(AAAARecord record) {
        var address = Ipv6Address.ofOctets(record.rdataToWireCanonical());
        return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
    }
}
