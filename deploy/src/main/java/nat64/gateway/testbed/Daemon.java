// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;

/** The program {@code nat64}, run in the background in a namespace. It outlives this process unless it is stopped. */
public final class Daemon {

    private static final Duration STEP = Duration.ofMillis(200);

    private final Namespace namespace;
    private final Process process;
    private final Path log;

    private Daemon(Namespace namespace, Process process, Path log) {
        this.namespace = namespace;
        this.process = process;
        this.log = log;
    }

    /** Starts it by the launcher that started this process, in a session of its own, writing to a log. */
    static Daemon start(Namespace namespace, List<String> arguments, Map<String, String> environment, Path log)
            throws HostException {
        var command = new ArrayList<>(List.of("setsid")); // Ctrl-C at this terminal is for this process only
        command.addAll(namespace.inside(List.of(launcher())));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Daemon(namespace, builder.start(), log);
        } catch (IOException e) {
            throw new HostException("cannot start nat64 in " + namespace.name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the daemon answers 200 on a URL of its own namespace.
     *
     * @throws HostException if it ends before, or the patience does; the message has the end of its log
     */
    public void awaitReady(String url, Duration patience) throws HostException {
        var probe = List.of("curl", "-s", "-o", "/dev/null", "-f", "-m", "10", "--noproxy", "*", url);
        long end = System.nanoTime() + patience.toNanos();
        while (!namespace.attempt(probe, Duration.ofMinutes(1)).isSuccess()) {
            if (hasEndedWithin(STEP)) {
                throw new HostException("nat64 in %s ended with exit code %d:%n%s"
                        .formatted(namespace.name(), process.exitValue(), log()));
            }
            if (System.nanoTime() > end) {
                throw new HostException("nat64 in %s is not ready after %d s:%n%s"
                        .formatted(namespace.name(), patience.toSeconds(), log()));
            }
        }
    }

    /** Asks it to end, as systemd does. */
    public void terminate() {
        process.destroy();
    }

    /** Asks it to end and to leave the host to the next gateway. */
    public void handOver() throws HostException {
        Commands.run("kill -USR1 " + process.pid());
    }

    /** Ends it without a chance to clean up. */
    public void kill() {
        process.destroyForcibly();
    }

    /**
     * Waits for its end.
     *
     * @return its exit code
     * @throws HostException if it goes on for longer than the patience
     */
    public int awaitEnd(Duration patience) throws HostException {
        if (!hasEndedWithin(patience)) {
            throw new HostException("nat64 in %s is still running after %d s:%n%s"
                    .formatted(namespace.name(), patience.toSeconds(), log()));
        }
        return process.exitValue();
    }

    /** The last lines that it has written. */
    public String log() {
        try {
            var lines = Files.readAllLines(log);
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    private boolean hasEndedWithin(Duration patience) throws HostException {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException("interrupted while waiting for nat64 in " + namespace.name(), e);
        }
    }

    private static String launcher() {
        return System.getenv().getOrDefault("NAT64_LAUNCHER", "nat64");
    }
}
