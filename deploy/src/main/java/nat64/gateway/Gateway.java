// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import nat64.dns64.server.Dns64Server;
import nat64.dns64.server.Dns64Statistics;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.host.HostNetwork;
import nat64.gateway.host.HostPlan;
import nat64.translator.address.Pref64;
import nat64.translator.device.TunDevice;
import nat64.translator.pipeline.Translator;
import nat64.translator.pipeline.TranslatorStatistics;
import nat64.translator.session.Pool4Range;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running gateway: translator, DNS64 and the operator's HTTP server, whichever the configuration asks for, wired to
 * each other and to the host. Closing it takes down all that it set up, in reverse order.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");

    private static final Duration LONGEST_END = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable Translator translator;
    private @Nullable Dns64Server dns64;

    private Gateway() {}

    /**
     * Runs until the process gets SIGTERM or SIGINT, and ends the process then.
     *
     * @throws Exception if the gateway can't start; the host is as it was, and the message says what helps
     */
    public static void run(GatewayConfig config) throws Exception {
        var end = new CountDownLatch(1);
        var ended = new CompletableFuture<Boolean>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endInGoodOrder(end, ended), "nat64-shutdown"));
        try (var _ = start(config)) {
            LOG.info("ready");
            end.await();
            LOG.info("taking everything down");
        } catch (Exception e) {
            ended.complete(false);
            throw e;
        }
        ended.complete(true);
    }

    /** Starts all that a configuration without {@code auto} asks for. What was begun before a failure is taken down again. */
    static Gateway start(GatewayConfig config) throws Exception {
        var gateway = new Gateway();
        try {
            if (config.role().translates()) {
                gateway.startTranslator(config);
            }
            if (config.role().answersDns()) {
                gateway.startDns64(config);
            }
            return gateway;
        } catch (Exception e) {
            gateway.close();
            throw e;
        }
    }

    private void startTranslator(GatewayConfig config) throws Exception {
        var device = config.translator().device();
        HostNetwork host = null;
        if (config.translator().setUpHost()) {
            host = HostNetwork.prepare(hostPlan(config));
            parts.push(host);
        }
        var tun = TunDevice.open(device.name(), device.offload());
        var random = new SplittableRandom(new SecureRandom().nextLong());
        var running = Translator.start(config.translatorSettings(), tun, Gateway::milliseconds, random);
        parts.push(running);
        translator = running;
        if (host != null) {
            host.setUp();
        }
    }

    private void startDns64(GatewayConfig config) throws Exception {
        var server = Dns64Server.start(config.dns64Settings());
        parts.push(server);
        dns64 = server;
    }

    /** What the translator counts, if there is one. */
    Optional<TranslatorStatistics> translatorStatistics() {
        return Optional.ofNullable(translator).map(Translator::statistics);
    }

    /** What the DNS64 counts, if there is one. */
    Optional<Dns64Statistics> dns64Statistics() {
        return Optional.ofNullable(dns64).map(Dns64Server::statistics);
    }

    @Override
    public void close() {
        for (var part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("Could not take down {}: {}", part.getClass().getSimpleName(), e.getMessage());
            }
        }
    }

    private static HostPlan hostPlan(GatewayConfig config) {
        var device = config.translator().device();
        return new HostPlan(
                device.name(),
                device.address(),
                device.translatorAddress(),
                config.pref64s().stream().map(Pref64::prefix).toList(),
                config.translator().pool4().stream().map(Pool4Range::prefix).toList(),
                config.translator().masquerade());
    }

    /** The main thread takes everything down; the hook waits for it, and then ends the process without a complaint. */
    private static void endInGoodOrder(CountDownLatch end, CompletableFuture<Boolean> ended) {
        end.countDown();
        if (ended.completeOnTimeout(false, LONGEST_END.toSeconds(), TimeUnit.SECONDS)
                .join()) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static long milliseconds() {
        return System.nanoTime() / 1_000_000;
    }
}
