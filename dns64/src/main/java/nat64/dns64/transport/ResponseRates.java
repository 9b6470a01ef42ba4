// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import nat64.dns64.view.ClientAddress;

/**
 * How many responses a second go over UDP to one network, so that a forger of source addresses can't have a victim
 * flooded. A fixed table: networks that share a place share its rate, and an attacker cannot choose which. No lock, no
 * waiting. Safe for many threads.
 */
public final class ResponseRates {

    private static final int PLACES = 1 << 16;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long interval;
    private final long seed;
    private final LongSupplier nanoTime;
    private final long start;

    /** For each place the time, since the start, at which its responses so far would be due at the rate. */
    private final AtomicLongArray due;

    /**
     * Takes the rate.
     *
     * @param perSecond responses to one network, all of which may go at once; 0 is no limit
     * @param seed a secret
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    public ResponseRates(int perSecond, long seed, LongSupplier nanoTime) {
        this.interval = perSecond == 0 ? 0 : SECOND / perSecond;
        this.seed = seed;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.due = new AtomicLongArray(perSecond == 0 ? 1 : PLACES);
    }

    /** Counts a response to the client; false if it is one too many. This host itself may have any number. */
    boolean admits(InetAddress client) {
        if (interval == 0 || client.isLoopbackAddress()) {
            return true;
        }
        long now = nanoTime.getAsLong() - start;
        int place = place(ClientAddress.network(client));
        while (true) {
            long before = due.get(place);
            long from = Math.max(before, now);
            if (from - now > SECOND - interval) {
                return false;
            }
            if (due.compareAndSet(place, before, from + interval)) {
                return true;
            }
        }
    }

    private int place(long network) {
        long mixed = (network ^ seed) * MIX;
        mixed = (mixed ^ (mixed >>> 32)) * MIX;
        return (int) (mixed >>> 48) & (PLACES - 1);
    }
}
