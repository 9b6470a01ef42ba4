// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateless;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * Which addresses without an Explicit Address Mapping belong to hosts.
 *
 * @param ipv6 where, inside the Pref64s, hosts of the IPv6 side are; any other source there is forged (RFC 6052,
 *     section 5.1)
 * @param ipv4 where hosts of the IPv4 side are
 * @param translateNonGlobal whether the Well-Known Prefix may carry IPv4 addresses that are not global, against
 *     RFC 6052, section 3.1
 */
public record StatelessHosts(List<Ipv6Prefix> ipv6, List<Ipv4Prefix> ipv4, boolean translateNonGlobal) {

    public StatelessHosts {
        ipv6 = List.copyOf(ipv6);
        ipv4 = List.copyOf(ipv4);
    }

    boolean isIpv6Host(long high, long low) {
        for (int i = 0; i < ipv6.size(); i++) { // by index: an iterator is an object
            if (ipv6.get(i).contains(high, low)) {
                return true;
            }
        }
        return false;
    }

    boolean isIpv4Host(int address) {
        for (int i = 0; i < ipv4.size(); i++) {
            if (ipv4.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}
