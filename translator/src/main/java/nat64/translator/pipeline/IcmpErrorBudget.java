// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.util.Arrays;
import nat64.translator.packet.Layers;
import nat64.translator.session.table.Count;
import nat64.translator.session.table.TokenBucket;

/**
 * How often a translator may send ICMP errors (RFC 4443, section 2.4 (f); RFC 1812, section 4.3.2.8). IPv6 and IPv4
 * hosts, and "too big" and all other errors, have separate token buckets, so that a host on one side cannot stop path
 * MTU discovery on the other. Within each, one source, for IPv6 one /64, gets a quarter at most. All workers share one.
 */
public final class IcmpErrorBudget {

    /** Sources share this many buckets; which ones share depends on the secret. */
    private static final int SOURCES = 256;

    private static final int SHARE_OF_A_SOURCE = 4;

    private final TableLock lock;
    private final long secret;
    private final Kind tooBigToIpv6 = new Kind();
    private final Kind otherToIpv6 = new Kind();
    private final Kind tooBigToIpv4 = new Kind();
    private final Kind otherToIpv4 = new Kind();
    private final Count refused = new Count();

    /**
     * Starts with full buckets.
     *
     * @param lock not held by callers of {@link #take}
     * @param secret a number that no other host can guess
     */
    public IcmpErrorBudget(TableLock lock, long secret) {
        this.lock = lock;
        this.secret = secret;
    }

    /** Whether the sender of a packet may get an error now, in milliseconds. */
    public boolean take(Layers layers, boolean tooBig, IcmpErrorRules rules, long now) {
        boolean toIpv6 = layers.version() == 6;
        int bucket = bucket(toIpv6 ? layers.sourceHigh() : layers.sourceIpv4());
        long time = lock.lock(now);
        try {
            var kind = toIpv6 ? (tooBig ? tooBigToIpv6 : otherToIpv6) : (tooBig ? tooBigToIpv4 : otherToIpv4);
            boolean taken = kind.take(bucket, rules.perSecond(), time);
            refused.add(taken ? 0 : 1);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** How many answers were not sent because of the limits; any thread may ask. */
    public long refused() {
        return refused.get();
    }

    /** The upper bits of a product depend on all bits of its factors. */
    private int bucket(long source) {
        return (int) (((source ^ secret) * (secret | 1)) >>> (Long.SIZE - Integer.numberOfTrailingZeros(SOURCES)));
    }

    private static final class Kind {

        private final TokenBucket all = new TokenBucket();
        private final TokenBucket[] bySource = new TokenBucket[SOURCES];

        Kind() {
            Arrays.setAll(bySource, _ -> new TokenBucket());
        }

        boolean take(int source, int perSecond, long now) {
            return bySource[source].take(Math.ceilDiv(perSecond, SHARE_OF_A_SOURCE), now) && all.take(perSecond, now);
        }
    }
}
