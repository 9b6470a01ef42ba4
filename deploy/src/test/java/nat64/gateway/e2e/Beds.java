// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;
import nat64.gateway.testbed.TestBed;

/** The beds of this suite, and commands on their hosts. */
public final class Beds {

    private static final String PREFIX = "nat64-it-";
    private static final Pattern CLIENT = Pattern.compile("(" + PREFIX + "(\\d+)[a-z-]*)-client\\b.*");
    /** Of this run alone: others may run at the same time. */
    static final String NAME = PREFIX + ProcessHandle.current().pid();

    /** A bound only: the machine may be busy with other work. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private Beds() {}

    /** A new bed with a server that answers. */
    public static TestBed build() throws HostException {
        removeThoseOfDeadRunsInTurn();
        var bed = TestBed.build(NAME);
        try {
            bed.makeLinksPlain();
            bed.startServer();
            return bed;
        } catch (HostException e) {
            bed.close();
            throw e;
        }
    }

    /** The tests that run side by side do this one after the other. */
    private static void removeThoseOfDeadRunsInTurn() throws HostException {
        var lock = Path.of("/run", PREFIX + "lock");
        try (var file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = file.lock()) {
            removeThoseOfDeadRuns();
        } catch (IOException e) {
            throw new HostException("cannot lock " + lock, e);
        }
    }

    private static void removeThoseOfDeadRuns() throws HostException {
        for (var line : Commands.run("ip netns list").lines().toList()) {
            var client = CLIENT.matcher(line);
            if (client.matches()
                    && ProcessHandle.of(Long.parseLong(client.group(2))).isEmpty()) {
                TestBed.remove(client.group(1));
            }
        }
    }

    /** What a line of bash writes on a host, where it must succeed. */
    public static String run(Namespace host, String line) throws HostException {
        var result = attempt(host, line);
        assertThat(result.exitCode()).as("%s%n%s", line, result.output()).isZero();
        return result.output();
    }

    /** As {@link #run}, but the line may fail. */
    public static Commands.Result attempt(Namespace host, String line) throws HostException {
        return host.attempt(List.of("bash", "-o", "pipefail", "-c", line), PATIENCE);
    }

    /** As {@link #run}, on a thread of its own, as the common pool has but one on two processors. */
    public static CompletableFuture<String> inBackground(Namespace host, String line) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return run(host, line);
                    } catch (HostException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    /** Waits until a line of bash succeeds on a host. */
    public static void await(Namespace host, String condition) throws HostException {
        run(host, "until " + condition + "; do sleep 0.1; done");
    }

    /**
     * A line of bash alone that sends a datagram of random octets to a server's port 7 until it comes back, as path MTU
     * discovery may lose the first ones, and then writes "same".
     */
    public static String echo(String server, int octets) {
        return """
                sent=$(mktemp) && back=$(mktemp) && head -c %1$d /dev/urandom > $sent \
                && for attempt in {1..10}; do exec 3<>/dev/udp/%2$s/7
                dd if=$sent bs=65536 count=1 status=none >&3
                timeout 5 dd of=$back bs=65536 count=1 status=none <&3
                if cmp -s $sent $back; then echo same; break; fi; done 2>/dev/null
                rm -f $sent $back
                """.formatted(octets, server);
    }
}
