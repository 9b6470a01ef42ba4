// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

/** Limits how often something is done. The limit may change from call to call. One thread at a time. */
final class TokenBucket {

    private static final long MILLIS = 1000;

    private long level = Long.MAX_VALUE; // in thousandths of a token; full at first, whatever the limit
    private long filledAt;

    /**
     * Takes a token if there is one.
     *
     * @param perSecond the limit per second, and for a burst
     * @param now milliseconds that never run backwards
     */
    boolean take(int perSecond, long now) {
        long capacity = perSecond * MILLIS;
        long gained = Math.min(now - filledAt, MILLIS) * perSecond;
        level = level >= capacity - gained ? capacity : level + gained;
        filledAt = now;
        if (level < MILLIS) {
            return false;
        }
        level -= MILLIS;
        return true;
    }
}
