// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

/** Limits how often something is done: so many times at once, and so many times a second. One thread. */
final class TokenBucket {

    private static final long MILLIS = 1000;
    private static final int ICMP_ERRORS = 100;

    private final long capacity; // in thousandths of a token
    private final long perSecond;
    private long level;
    private long filledAt;

    TokenBucket(int burst, int perSecond) {
        capacity = burst * MILLIS;
        this.perSecond = perSecond;
        level = capacity;
    }

    /** For the ICMP errors of a translator: a hundred at once, and a hundred a second (RFC 4443, section 2.4 (f)). */
    static TokenBucket ofIcmpErrors() {
        return new TokenBucket(ICMP_ERRORS, ICMP_ERRORS);
    }

    /** Takes a token if there is one. Times are milliseconds that never run backwards. */
    boolean take(long now) {
        level = Math.min(capacity, level + Math.min(now - filledAt, capacity) * perSecond);
        filledAt = now;
        if (level < MILLIS) {
            return false;
        }
        level -= MILLIS;
        return true;
    }
}
