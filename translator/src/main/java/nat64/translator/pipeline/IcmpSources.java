// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.address.Ipv4Prefix;

/** The IPv4 addresses that stand for routers which have none (RFC 6791): one by chance for each error (section 5). */
final class IcmpSources {

    private final List<Ipv4Prefix> prefixes;
    private final long addresses;
    private final RandomGenerator random;

    IcmpSources(List<Ipv4Prefix> prefixes, RandomGenerator random) {
        this.prefixes = prefixes;
        this.random = random;
        addresses = prefixes.stream().mapToLong(Ipv4Prefix::size).sum();
    }

    int pick() {
        long place = addresses == 1 ? 0 : random.nextLong(addresses);
        int i = 0;
        while (place >= prefixes.get(i).size()) {
            place -= prefixes.get(i).size();
            i++;
        }
        return prefixes.get(i).address() + (int) place;
    }
}
