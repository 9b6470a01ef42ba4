// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

/**
 * Limits how often something is done: so many times per second, and at once. The limit may change from call to call. Times
 * are milliseconds that never run backwards. One thread at a time.
 */
public final class TokenBucket {

    /** What one time costs: levels count in thousandths, so that each millisecond adds as many as there are per second. */
    public static final long TOKEN = 1000;

    private long level = Long.MAX_VALUE; // full at first, whatever the limit
    private long filledAt;

    /** Takes a token if there is one. */
    public boolean take(int perSecond, long now) {
        level = refilled(level, now - filledAt, perSecond, perSecond * TOKEN);
        filledAt = now;
        if (level < TOKEN) {
            return false;
        }
        level -= TOKEN;
        return true;
    }

    /** The level of a bucket after some milliseconds; for buckets that are kept in rows. */
    public static long refilled(long level, long millis, int perSecond, long capacity) {
        long gained = Math.min(millis, TOKEN) * perSecond;
        return level >= capacity - gained ? capacity : level + gained;
    }
}
