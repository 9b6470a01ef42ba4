// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;

/** A capture of all packets on a host's link, read by tshark, which knows nothing of our code. */
public final class Capture {

    /**
     * A TCP checksum of 0xffff is no fault of ours: Linux sends it for 0 where it sums up in software what it had
     * left to the device (once in 65,536 segments), and to receivers both are the same number.
     */
    private static final String BAD_CHECKSUM = "ip.checksum.status==0 || (tcp.checksum.status==0 && !tcp.checksum.ffff)"
            + " || udp.checksum.status==0 || icmp.checksum.status==0 || icmpv6.checksum.status==0";

    private static final String GOOD_CHECKSUM = "tcp.checksum.status==1 || udp.checksum.status==1"
            + " || icmp.checksum.status==1 || icmpv6.checksum.status==1";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /**
     * The kernel hands packets over in blocks, at the latest after 250 ms; those of an open block are lost at the
     * end.
     */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Process process;
    private final Path file;

    private Capture(Process process, Path file) {
        this.process = process;
        this.file = file;
    }

    /** Starts, and returns once packets are caught. */
    public static Capture start(Namespace host, String device, Path file) throws IOException {
        var process = new ProcessBuilder(
                        host.inside(List.of("dumpcap", "-q", "-i", device, "-B", "64", "-w", file.toString())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!Files.exists(file) || Files.size(file) == 0) { // dumpcap writes the header once it listens
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as("dumpcap has started")
                    .isTrue();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return new Capture(process, file);
    }

    /** Waits until nothing more comes, and ends the capture; it can be read then. */
    public void stop() throws IOException, InterruptedException {
        long size = -1;
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < QUIET.toNanos()) {
            if (Files.size(file) != size) {
                size = Files.size(file);
                quietSince = System.nanoTime();
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        process.destroy();
        assertThat(process.waitFor(120, TimeUnit.SECONDS))
                .as("dumpcap has ended")
                .isTrue();
    }

    /** What tshark says of each packet with a wrong checksum. */
    public List<String> packetsWithBadChecksum() throws HostException {
        return packets(BAD_CHECKSUM);
    }

    /** How many packets have a transport checksum that tshark has found right. */
    int packetsWithGoodChecksum() throws HostException {
        return packets(GOOD_CHECKSUM).size();
    }

    /** What tshark says of each packet that a display filter lets through. */
    public List<String> packets(String filter) throws HostException {
        var command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-Y", filter));
        for (var protocol : List.of("ip", "tcp", "udp")) {
            command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
        }
        var result = Commands.attempt(command, PATIENCE);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output()
                .lines()
                .filter(line -> line.matches("\\s*\\d+ .*")) // not the warning about being root
                .toList();
    }
}
