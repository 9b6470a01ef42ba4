// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

/**
 * Limits how often something is done: so many times at once, and so many times a second. Times are milliseconds that
 * never run backwards. One thread at a time.
 */
public final class TokenBucket {

    /**
     * What one time costs: levels count in thousandths, so that each millisecond adds as many as there are per second.
     */
    public static final long TOKEN = 1000;

    private final long capacity;
    private final int perSecond;
    private long level;
    private long filledAt;

    public TokenBucket(int burst, int perSecond) {
        capacity = burst * TOKEN;
        this.perSecond = perSecond;
        level = capacity;
    }

    /** Takes a token if there is one. */
    public boolean take(long now) {
        level = refilled(level, now - filledAt, perSecond, capacity);
        filledAt = now;
        if (level < TOKEN) {
            return false;
        }
        level -= TOKEN;
        return true;
    }

    /** The level of a bucket after some milliseconds; for buckets that are kept in rows. */
    public static long refilled(long level, long millis, int perSecond, long capacity) {
        return Math.min(capacity, level + Math.min(millis, TOKEN) * perSecond);
    }
}
