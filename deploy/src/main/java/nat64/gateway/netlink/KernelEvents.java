// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.netlink;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the host when its network has changed, and from time to time in any case, in a thread of its own. Changes
 * come in bursts: the first of a burst is looked at within a tenth of a second, and the rest at most once a second.
 */
public final class KernelEvents implements AutoCloseable {

    /** For those who have just looked: something may have changed before changes were followed. */
    public static final Duration SOON = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(KernelEvents.class);
    private static final long SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LONGEST_WAIT_MILLIS = 250; // for an end that is asked for

    private final Look look;
    private final Duration first;
    private final NetlinkSockets sockets;
    private final Thread thread;
    private volatile boolean closed;

    /** What is done at each change. */
    public interface Look {

        /**
         * Looks at the host, and says in how much time to look again if nothing happens. It throws nothing.
         *
         * @param changed whether the kernel has told of a change; else it is only time
         */
        Duration run(boolean changed);
    }

    private KernelEvents(String name, NetlinkSockets sockets, Duration first, Look look) {
        this.sockets = sockets;
        this.first = first;
        this.look = look;
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::follow);
    }

    /**
     * Looks after each change of some topics.
     *
     * @param thread the name of its thread
     * @param first in how much time to look for the first time if nothing happens
     * @throws IOException if the kernel does not tell of them
     */
    public static KernelEvents follow(String thread, Set<Topic> topics, Duration first, Look look) throws IOException {
        var events = new KernelEvents(thread, new NetlinkSockets(topics), first, look);
        events.thread.start();
        return events;
    }

    /** Ends the thread; a look that is going on is finished first. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try {
            long last = System.nanoTime();
            long due = last + first.toNanos();
            boolean changed = true; // perhaps, before changes were followed
            while (!closed) {
                if (System.nanoTime() - due >= 0) {
                    changed |= sockets.drain();
                    last = System.nanoTime();
                    due = last + look(changed).toNanos();
                    changed = false;
                } else if (isHeardBefore(due)) {
                    LockSupport.parkNanos(SETTLING_NANOS);
                    sockets.drain();
                    changed = true;
                    long soonest = last + BETWEEN_LOOKS_NANOS;
                    due = due - soonest < 0 ? due : soonest;
                }
            }
        } finally {
            sockets.close();
        }
    }

    private Duration look(boolean changed) {
        try {
            return look.run(changed);
        } catch (RuntimeException e) { // the next look may succeed
            LOG.error("cannot look at the network of this host", e);
            return Duration.ofNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private boolean isHeardBefore(long due) {
        long left = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
        return sockets.await(Math.clamp(left, 1, LONGEST_WAIT_MILLIS));
    }
}
