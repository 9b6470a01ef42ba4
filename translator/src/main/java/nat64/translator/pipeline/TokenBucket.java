// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

/** Limits how often something is done: so many times at once, and so many times a second. One thread at a time. */
final class TokenBucket {

    private static final long MILLIS = 1000;

    private final long capacity; // in thousandths of a token
    private final long perSecond;
    private long level;
    private long filledAt;

    TokenBucket(int burst, int perSecond) {
        capacity = burst * MILLIS;
        this.perSecond = perSecond;
        level = capacity;
    }

    /** Takes a token if there is one. Times are milliseconds that never run backwards. */
    boolean take(long now) {
        level = Math.min(capacity, level + Math.min(now - filledAt, MILLIS) * perSecond);
        filledAt = now;
        if (level < MILLIS) {
            return false;
        }
        level -= MILLIS;
        return true;
    }
}
