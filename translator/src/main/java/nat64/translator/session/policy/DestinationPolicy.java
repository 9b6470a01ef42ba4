// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.policy;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.SpecialIpv4;

/**
 * Which IPv4 destinations are refused although packets could be sent there: services that trust whoever reaches them
 * from inside.
 *
 * @param own IPv4 addresses of the host that translates; those of pool4 are not among them
 * @param allowsOwn whether clients may open sessions to these
 * @param allowsPrivate whether clients may open sessions to addresses that are not global, such as 10.0.0.1
 */
public record DestinationPolicy(List<Ipv4Prefix> own, boolean allowsOwn, boolean allowsPrivate) {

    /** Nothing is known of the host. */
    public static final DestinationPolicy DEFAULT = new DestinationPolicy(List.of(), false, true);

    public DestinationPolicy {
        own = List.copyOf(own);
    }

    /** The same for a host with these addresses. */
    public DestinationPolicy of(List<Ipv4Prefix> addresses) {
        return new DestinationPolicy(addresses, allowsOwn, allowsPrivate);
    }

    public boolean refusesAsOwn(int address) {
        return !allowsOwn && contains(own, address);
    }

    public boolean refusesAsPrivate(int address) {
        return !allowsPrivate && !SpecialIpv4.isGlobal(address);
    }

    public static boolean contains(List<Ipv4Prefix> prefixes, int address) {
        for (int i = 0; i < prefixes.size(); i++) { // by index: an iterator would be allocated
            if (prefixes.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}
