// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nat64.gateway.netlink.KernelEvents;
import nat64.gateway.netlink.Topic;
import nat64.gateway.system.HostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks what {@code auto} stands for: when links, addresses, routes or resolv.conf have changed, and from time to time,
 * as the kernel does not tell of all that it depends on.
 */
public final class HostFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostFollower.class);
    private static final Duration PERIOD_WITHOUT_EVENTS = Duration.ofSeconds(3);
    private static final Duration SETTLING = Duration.ofMillis(200);
    private static final long FILE_MILLIS = 500;

    private final Look look;
    private final Duration period;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("nat64-resolv-conf").daemon().factory());
    private @Nullable KernelEvents events;
    private String seen = ""; // used by one thread

    /** What is done then. Several threads may call it, one at a time. */
    public interface Look {

        /** Looks at the host, and answers whether it is settled; if not, the next look follows soon. */
        boolean isSettled();
    }

    private HostFollower(Look look, Duration period) {
        this.look = look;
        this.period = period;
    }

    /**
     * Looks until it is closed.
     *
     * @param period between looks while the kernel tells of no change
     */
    public static HostFollower start(Look look, Duration period) {
        var follower = new HostFollower(look, period);
        follower.seen = content();
        try {
            follower.events = KernelEvents.follow(
                    "nat64-auto",
                    EnumSet.of(Topic.LINKS, Topic.ADDRESSES, Topic.ROUTES),
                    KernelEvents.SOON,
                    _ -> follower.look());
        } catch (IOException e) {
            long seconds = PERIOD_WITHOUT_EVENTS.toSeconds();
            LOG.info("reading every {} s what auto stands for: {}", seconds, e.getMessage());
            var _ = follower.thread.scheduleWithFixedDelay(
                    follower::lookUntilSettled, seconds, seconds, TimeUnit.SECONDS);
        }
        var _ = follower.thread.scheduleWithFixedDelay(
                follower::lookAtFile, FILE_MILLIS, FILE_MILLIS, TimeUnit.MILLISECONDS);
        return follower;
    }

    @Override
    public void close() {
        if (events != null) {
            events.close();
        }
        thread.shutdownNow();
    }

    private Duration look() {
        return look.isSettled() ? period : SETTLING;
    }

    private void lookAtFile() {
        var now = content();
        if (!now.equals(seen)) {
            seen = now;
            lookUntilSettled();
        }
    }

    private void lookUntilSettled() {
        try {
            if (!look.isSettled()) {
                var _ = thread.schedule(this::lookUntilSettled, SETTLING.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException e) { // or nothing would look again
            LOG.error("cannot follow what auto stands for", e);
        }
    }

    /** A file that can't be read is as good as an empty one. */
    private static String content() {
        try {
            return ResolvConf.read();
        } catch (HostException e) {
            return "";
        }
    }
}
