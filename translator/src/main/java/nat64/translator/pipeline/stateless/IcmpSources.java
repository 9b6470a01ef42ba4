// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateless;

import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.pipeline.TableLock;

/**
 * Picks IPv4 addresses for routers which have none (RFC 6791): a random one for each error (section 5). All workers
 * share one.
 */
public final class IcmpSources {

    private final TableLock lock;
    private final RandomGenerator random;

    public IcmpSources(TableLock lock, RandomGenerator random) {
        this.lock = lock;
        this.random = random;
    }

    /** One address out of at least one prefix. */
    int pick(List<Ipv4Prefix> prefixes) {
        long addresses = 0;
        for (int i = 0; i < prefixes.size(); i++) { // by index: an iterator is an object
            addresses += prefixes.get(i).size();
        }
        long place = addresses == 1 ? 0 : roll(addresses);
        int i = 0;
        while (place >= prefixes.get(i).size()) {
            place -= prefixes.get(i).size();
            i++;
        }
        return prefixes.get(i).address() + (int) place;
    }

    private long roll(long bound) {
        lock.lock();
        try {
            return random.nextLong(bound);
        } finally {
            lock.unlock();
        }
    }
}
