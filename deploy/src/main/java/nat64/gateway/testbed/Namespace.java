// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;

/** A network namespace of {@code ip netns}: a host of its own, as far as the network goes. */
public record Namespace(String name) {

    static final Path CONFIGURATIONS = Path.of("/etc/netns");

    /** Where {@code ip netns exec} looks for files that take the place of those in {@code /etc}. */
    Path configuration() {
        return CONFIGURATIONS.resolve(name);
    }

    /** The command that runs a command inside. */
    public List<String> inside(List<String> command) {
        return Stream.concat(Stream.of("ip", "netns", "exec", name), command.stream())
                .toList();
    }

    /**
     * Runs a command inside that may fail.
     *
     * @throws HostException if it can't be run or takes longer than the patience
     */
    public Commands.Result attempt(List<String> command, Duration patience) throws HostException {
        return Commands.attempt(inside(command), patience);
    }

    /**
     * Runs a command inside that must succeed; its words are parted by single spaces.
     *
     * @return what it wrote
     * @throws HostException if it fails; the message has its output
     */
    public String run(String command) throws HostException {
        return Commands.run(inside(List.of(command.split(" "))));
    }

    /** Runs {@code ip} on this namespace. */
    String ip(String arguments) throws HostException {
        return Commands.run("ip -n " + name + " " + arguments);
    }

    void set(String sysctl, String value) throws HostException {
        Commands.run(inside(List.of("sh", "-c", "echo " + value + " > /proc/sys/" + sysctl)));
    }

    boolean exists() throws HostException {
        return Commands.run("ip netns list").lines().anyMatch(line -> line.equals(name) || line.startsWith(name + " "));
    }

    /** Ends every process inside, politely, and those that are still there after the patience by force. */
    void endProcesses(Duration patience) throws HostException {
        processes().forEach(ProcessHandle::destroy);
        if (!areGoneWithin(patience)) {
            processes().forEach(ProcessHandle::destroyForcibly);
            areGoneWithin(patience);
        }
    }

    private boolean areGoneWithin(Duration patience) throws HostException {
        long end = System.nanoTime() + patience.toNanos();
        while (!processes().isEmpty()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return true;
    }

    private List<ProcessHandle> processes() throws HostException {
        return Commands.run("ip netns pids " + name)
                .lines()
                .map(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                .flatMap(Optional::stream)
                .toList();
    }
}
