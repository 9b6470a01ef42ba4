// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nat64.gateway.host.HostNetwork;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway that runs on this host, has the same device, and is to make room for this one. */
final class Predecessor {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private Predecessor() {}

    /**
     * Asks it to hand over, and waits for its end. Does nothing if there is none.
     *
     * @throws HostException if it doesn't end; it goes on then, or is ending
     */
    static void handOver(String device) throws HostException, InterruptedException {
        var owner = HostNetwork.owner(device);
        var process = owner.isEmpty() ? Optional.<ProcessHandle>empty() : ProcessHandle.of(owner.getAsLong());
        if (process.isEmpty()) {
            LOG.info("no gateway with the device {} runs here; starting as usual", device);
            return;
        }
        long pid = process.get().pid();
        LOG.info("asking the gateway that runs here (process {}) to hand over", pid);
        Commands.run(List.of("kill", "-USR1", String.valueOf(pid)));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.get().isAlive()) { // onExit looks three times a second at most
            if (System.nanoTime() - end > 0) {
                throw new HostException(
                        "the gateway that runs here (process %d) has not ended within %d s; stop it, then start this one"
                                .formatted(pid, PATIENCE.toSeconds()));
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }
}
