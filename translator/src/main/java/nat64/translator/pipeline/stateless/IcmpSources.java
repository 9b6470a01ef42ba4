// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateless;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;

/**
 * Picks IPv4 addresses for routers which have none (RFC 6791): a random one for each router (section 5), and always the
 * same, so that traceroute tells routers apart and lists each once. All workers share one. Immutable.
 */
public final class IcmpSources {

    private final long secret;

    /** The secret is a number that no other host can guess. */
    public IcmpSources(long secret) {
        this.secret = secret;
    }

    /** The address of a router with this IPv6 address, out of at least one prefix. */
    int pick(List<Ipv4Prefix> prefixes, long high, long low) {
        long addresses = 0;
        for (int i = 0; i < prefixes.size(); i++) { // by index: an iterator is an object
            addresses += prefixes.get(i).size();
        }
        long place = (random(high, low) * addresses) >>> Integer.SIZE;
        int i = 0;
        while (place >= prefixes.get(i).size()) {
            place -= prefixes.get(i).size();
            i++;
        }
        return prefixes.get(i).address() + (int) place;
    }

    /** A number of 32 bits; the upper bits of a product depend on all bits of its factors. */
    private long random(long high, long low) {
        long factor = secret | 1;
        long mixed = (high ^ secret) * factor;
        return ((mixed ^ (mixed >>> Integer.SIZE) ^ low) * factor) >>> Integer.SIZE;
    }
}
