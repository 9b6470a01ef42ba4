// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service manager that has started this process, if it wants to hear of it. Without one, nothing is told.
 *
 * @param socket where it listens, as in {@code NOTIFY_SOCKET}
 * @param watchdog after how much silence it ends the process
 */
public record ServiceManager(Optional<String> socket, Optional<Duration> watchdog) {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

    /**
     * By the variables that sd_notify(3) and sd_watchdog_enabled(3) name.
     *
     * @param process the number of this process, as the watchdog may be meant for another one
     */
    public static ServiceManager of(Map<String, String> environment, long process) {
        var socket = Optional.ofNullable(environment.get("NOTIFY_SOCKET")).filter(path -> !path.isEmpty());
        boolean isForUs = environment
                .getOrDefault("WATCHDOG_PID", String.valueOf(process))
                .equals(String.valueOf(process));
        var watchdog = Optional.ofNullable(environment.get("WATCHDOG_USEC"))
                .filter(_ -> socket.isPresent() && isForUs)
                .flatMap(ServiceManager::microseconds);
        return new ServiceManager(socket, watchdog);
    }

    /** The gateway serves its clients. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + line(status));
    }

    /** What {@code systemctl status} shows. */
    public void status(String status) {
        send("STATUS=" + line(status));
    }

    /** The reload that {@link #reloading} has told of has ended. */
    public void reloaded() {
        send("READY=1");
    }

    /** The configuration is being reloaded; {@link #reloaded} has to follow. */
    public void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime())); // CLOCK_MONOTONIC
    }

    /** The gateway is about to end. */
    public void stopping() {
        send("STOPPING=1\nSTATUS=shutting down");
    }

    /** Nothing is stuck. */
    public void alive() {
        send("WATCHDOG=1");
    }

    private void send(String text) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            DatagramSocketCalls.send(socket.get(), text);
        } catch (IOException e) {
            LOG.warn("cannot tell the service manager at {}: {}", socket.get(), e.getMessage());
        }
    }

    private static String line(String text) {
        return text.replace('\n', ' ');
    }

    private static Optional<Duration> microseconds(String text) {
        try {
            return Optional.of(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(text))))
                    .filter(Duration::isPositive);
        } catch (NumberFormatException e) {
            LOG.warn("WATCHDOG_USEC is '{}', which is no number; the watchdog is not fed", text);
            return Optional.empty();
        }
    }
}
