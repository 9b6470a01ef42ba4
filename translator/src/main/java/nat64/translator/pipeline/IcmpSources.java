// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.address.Ipv4Prefix;

/**
 * The IPv4 addresses that stand for routers which have none (RFC 6791): one by chance for each error (section 5). Any
 * worker may pick.
 */
final class IcmpSources {

    private final TableLock lock;
    private final List<Ipv4Prefix> prefixes;
    private final long addresses;
    private final RandomGenerator random;

    IcmpSources(TableLock lock, List<Ipv4Prefix> prefixes, RandomGenerator random) {
        this.lock = lock;
        this.prefixes = prefixes;
        this.random = random;
        addresses = prefixes.stream().mapToLong(Ipv4Prefix::size).sum();
    }

    int pick() {
        long place = addresses == 1 ? 0 : roll();
        int i = 0;
        while (place >= prefixes.get(i).size()) {
            place -= prefixes.get(i).size();
            i++;
        }
        return prefixes.get(i).address() + (int) place;
    }

    private long roll() {
        lock.begin(Long.MIN_VALUE); // no time counts here
        try {
            return random.nextLong(addresses);
        } finally {
            lock.end();
        }
    }
}
