// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import nat64.translator.packet.Layers;
import nat64.translator.session.table.TokenBucket;

/**
 * How often a translator may tell senders of an error (RFC 4443, section 2.4 (f); RFC 1812, section 4.3.2.8). IPv6 and
 * IPv4 hosts, and "too big" and all other errors, have token buckets of their own: so no stranger on one side takes path
 * MTU discovery from the hosts of the other. Within each, one source, of IPv6 one /64, gets a quarter at most. All
 * workers share one, and any of them may take.
 */
final class IcmpErrorBudget {

    /** Sources share this many buckets; which ones share is anybody's guess. */
    private static final int SOURCES = 256;

    private static final int SHARE_OF_A_SOURCE = 4;

    private final TableLock lock;
    private final long secret;
    private final Kind tooBigToIpv6;
    private final Kind otherToIpv6;
    private final Kind tooBigToIpv4;
    private final Kind otherToIpv4;

    /**
     * @param lock not held by who takes
     * @param perSecond of each kind, and as many at once; 0 is none at all
     * @param secret something that nobody else can guess
     */
    IcmpErrorBudget(TableLock lock, int perSecond, long secret) {
        this.lock = lock;
        this.secret = secret;
        tooBigToIpv6 = new Kind(perSecond);
        otherToIpv6 = new Kind(perSecond);
        tooBigToIpv4 = new Kind(perSecond);
        otherToIpv4 = new Kind(perSecond);
    }

    /** Whether the sender of a packet may be told now, in milliseconds. */
    boolean take(Layers layers, boolean tooBig, long now) {
        long turn = lock.begin(now);
        try {
            return layers.version() == 6
                    ? (tooBig ? tooBigToIpv6 : otherToIpv6).take(bucket(layers.sourceHigh()), turn)
                    : (tooBig ? tooBigToIpv4 : otherToIpv4).take(bucket(layers.sourceIpv4()), turn);
        } finally {
            lock.end();
        }
    }

    /** The upper bits of a product depend on all bits of its factors. */
    private int bucket(long source) {
        return (int) (((source ^ secret) * (secret | 1)) >>> (Long.SIZE - Integer.numberOfTrailingZeros(SOURCES)));
    }

    private static final class Kind {

        private final TokenBucket all;
        private final TokenBucket[] bySource = new TokenBucket[SOURCES];

        Kind(int perSecond) {
            all = new TokenBucket(perSecond, perSecond);
            int share = Math.ceilDiv(perSecond, SHARE_OF_A_SOURCE);
            for (int i = 0; i < SOURCES; i++) {
                bySource[i] = new TokenBucket(share, share);
            }
        }

        boolean take(int source, long now) {
            return bySource[source].take(now) && all.take(now);
        }
    }
}
