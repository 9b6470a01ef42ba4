// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.training;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;

/**
 * Real starts of the gateway, with device, routes, firewall and probes, on a host that is there for nothing else: a
 * network namespace of this process, with only loopback so far. The second start takes over from the first, as in an
 * upgrade.
 */
public final class HostTraining {

    private static final int STARTS = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final InetSocketAddress ADMIN = new InetSocketAddress(Training.LOOPBACK, 6464);
    private static final List<String> HOST = List.of(
            "link add uplink type veth peer name internet",
            "link set uplink up",
            "link set internet up",
            "address add 192.0.2.1/24 dev uplink",
            "address add 2001:db8::1/64 dev uplink nodad",
            "route add default via 192.0.2.2");

    private HostTraining() {}

    /** Runs a gateway until the end. */
    public interface Start {
        void run(Path config) throws Exception;
    }

    /**
     * Starts, and ends by SIGUSR1.
     *
     * @throws Exception if that failed; the network namespace is of no more use then
     */
    public static void run(Start start) throws Exception {
        var made = Commands.feed(List.of("ip", "-batch", "-"), HOST);
        if (!made.isSuccess()) {
            throw new HostException(made.output().strip());
        }
        var config = Files.createTempFile("nat64-train", ".yaml");
        try (var upstream = new TrainingUpstream()) {
            Files.writeString(
                    config,
                    "dns64:\n  upstreams: ['127.0.0.1:%d']\n"
                            .formatted(upstream.address().getPort()));
            for (int i = 0; i < STARTS; i++) {
                startAndHandOver(start, config);
            }
        } finally {
            Files.delete(config);
        }
    }

    private static void startAndHandOver(Start start, Path config) throws Exception {
        var ended = CompletableFuture.runAsync(() -> run(start, config), Thread.ofPlatform()::start);
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!isReady()) {
            if (ended.isDone()) {
                ended.join();
            }
            if (ended.isDone() || System.nanoTime() - end > 0) {
                throw new IOException("the gateway is not ready");
            }
            Thread.sleep(10);
        }
        Commands.run(
                List.of("kill", "-USR1", String.valueOf(ProcessHandle.current().pid())));
        ended.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    private static void run(Start start, Path config) {
        try {
            start.run(config);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static boolean isReady() {
        try {
            return Training.page(ADMIN, "/readyz").startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }
}
