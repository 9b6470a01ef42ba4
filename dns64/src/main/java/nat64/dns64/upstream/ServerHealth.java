// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.util.concurrent.TimeUnit;

/**
 * Whether a server can be relied upon, by what became of the questions to it: a circuit breaker. Three silences in a
 * row, or a long run of little but SERVFAIL and REFUSED, open it. One question of our own tells at once whether it may
 * close again: half-open. Each such probe that fails is followed by a pause, twice as long as the one before. Safe for
 * many threads.
 */
final class ServerHealth {

    /** Silences without an answer between them that a server is forgiven: any zone may have dead servers. */
    private static final int SILENCES = 3;

    private static final double FAILURE_SHARE = 0.9;
    private static final double WEIGHT_OF_ONE = 1.0 / 32; // so it takes 72 failures in a row
    private static final double RTT_WEIGHT = 1.0 / 8; // RFC 6298, section 2
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private int silences;
    private double failureShare;
    private volatile double smoothedRttNanos;
    private volatile boolean isOpen;
    private boolean isSilent;
    private long openUntilNanos;
    private long pauseNanos = FIRST_PAUSE_NANOS;

    /** A real answer came: the server works. Returns whether that is news. */
    synchronized boolean answered(long rttNanos) {
        boolean isNews = isOpen;
        silences = 0;
        failureShare = isNews ? 0 : failureShare * (1 - WEIGHT_OF_ONE);
        learn(rttNanos);
        isOpen = false;
        pauseNanos = FIRST_PAUSE_NANOS;
        return isNews;
    }

    /**
     * Something came from it, be it an error: there is an end to the distrust that silence earned. A server that knows
     * some zones only refuses the probe, and works. Returns whether that is news.
     */
    synchronized boolean heardOf() {
        boolean isNews = isOpen && isSilent;
        if (isNews) {
            isOpen = false;
            failureShare = 0;
        }
        return isNews;
    }

    /** It answered that it can't or won't. Returns whether it is unreliable from now on. */
    synchronized boolean failed(long rttNanos, long nowNanos) {
        silences = 0;
        failureShare += (1 - failureShare) * WEIGHT_OF_ONE;
        learn(rttNanos);
        return failureShare > FAILURE_SHARE && open(nowNanos, false);
    }

    /** No answer came, or no way leads there. Returns whether it is unreliable from now on. */
    synchronized boolean silent(long nowNanos) {
        silences++;
        return silences >= SILENCES && open(nowNanos, true);
    }

    /** The question that was to find out found nothing good. */
    synchronized void probeFailed(long nowNanos) {
        openUntilNanos = nowNanos + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    }

    /** Whether it may be asked before others. */
    boolean isReliable() {
        return !isOpen;
    }

    /** Whether it is half-open. */
    synchronized boolean needsProbe(long nowNanos) {
        return isOpen && nowNanos - openUntilNanos >= 0;
    }

    /** Nanoseconds from question to answer, smoothed; 0 if nothing is known. */
    long roundTripNanos() {
        return (long) smoothedRttNanos;
    }

    private boolean open(long nowNanos, boolean forSilence) {
        if (isOpen) {
            return false;
        }
        isOpen = true;
        isSilent = forSilence;
        pauseNanos = FIRST_PAUSE_NANOS;
        openUntilNanos = nowNanos;
        return true;
    }

    private void learn(long rttNanos) {
        double before = smoothedRttNanos;
        smoothedRttNanos = before == 0 ? rttNanos : before + (rttNanos - before) * RTT_WEIGHT;
    }
}
