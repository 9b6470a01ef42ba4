// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when links and routes of the host have changed, in a thread of its own. */
final class HostMonitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostMonitor.class);
    private static final List<String> COMMAND = List.of("ip", "monitor", "link", "route");

    /** Changes come in groups; one call a second serves them all. */
    private static final int SETTLING_SECONDS = 1;

    private final Process monitor;
    private final Thread follower;
    private volatile boolean closed;

    private HostMonitor(Process monitor, Runnable onChange) {
        this.monitor = monitor;
        follower = Thread.ofPlatform().daemon().name("nat64-host-monitor").unstarted(() -> follow(onChange));
    }

    /**
     * Calls back after each change from now on.
     *
     * @throws HostException if the host can't be watched
     */
    static HostMonitor start(Runnable onChange) throws HostException {
        var monitor = new HostMonitor(Commands.start(COMMAND), onChange);
        monitor.follower.start();
        return monitor;
    }

    @Override
    public void close() {
        closed = true;
        monitor.destroy();
        follower.interrupt();
    }

    private void follow(Runnable onChange) {
        try (var changes = monitor.inputReader(StandardCharsets.UTF_8)) {
            while (changes.readLine() != null) {
                TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
                skipWaiting(changes);
                onChange.run();
            }
        } catch (IOException | InterruptedException e) {
            LOG.debug("The monitor of links and routes has ended: {}", e.toString());
        }
        if (!closed) {
            LOG.warn("Links and routes are no longer watched: '{}' has ended", String.join(" ", COMMAND));
        }
    }

    private static void skipWaiting(BufferedReader changes) throws IOException {
        while (changes.ready() && changes.readLine() != null) {
            // one call serves all of them
        }
    }
}
