// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.training;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.restart.SessionKeeper;
import nat64.gateway.system.BootClock;
import nat64.translator.TranslatorThreads;
import nat64.translator.address.Ipv6Address;
import nat64.translator.device.MemoryPort;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionState;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;

/** One translator leaves sessions, and another takes them, so that a restart is short from the first one on. */
final class RestartTraining {

    /** Enough that the JVM knows what is called often. */
    private static final int SESSIONS = 20_000;

    private static final long CLIENTS = 0xfd00L << 48; // local addresses are clients by default
    private static final int FIRST_PORT = 2_000;
    private static final int PORTS = 10_000;

    private RestartTraining() {}

    /**
     * Restarts once, in memory and in a temporary directory.
     *
     * @return the sessions that were taken over
     */
    static int run(GatewayConfig resolved) throws IOException {
        var translator = resolved.translator();
        var small = resolved.with(translator.with(translator.stateful().with(2 * SESSIONS)));
        var directory = Files.createTempDirectory("nat64-train");
        var file = directory.resolve("train.sessions");
        try {
            leave(small, file);
            return take(small, file);
        } finally {
            SessionKeeper.forget(file);
            Files.delete(directory);
        }
    }

    private static void leave(GatewayConfig config, Path file) throws IOException {
        try (var translator = prepare(config);
                var _ = new SessionKeeper(file, translator, BootClock::now)) {
            for (int i = 0; i < SESSIONS; i++) {
                translator.adopt(session(config, i)).join();
            }
        }
    }

    private static int take(GatewayConfig config, Path file) {
        try (var translator = prepare(config)) {
            var keeper = new SessionKeeper(file, translator, BootClock::now);
            keeper.adopt();
            return keeper.status().adopted().getOrDefault("adopted", 0L).intValue();
        }
    }

    private static TranslatorThreads prepare(GatewayConfig config) {
        var surroundings = new TranslatorThreads.Surroundings(
                () -> System.nanoTime() / 1_000_000, new SplittableRandom(1), () -> {});
        return TranslatorThreads.prepare(
                Arena.ofShared(), config.translatorSettings(), List.of(new MemoryPort()), surroundings);
    }

    private static SessionRecord session(GatewayConfig config, int number) {
        boolean isTcp = number % 2 == 0;
        int pool4 = config.translator().stateful().pool4().getFirst().prefix().address();
        int port = FIRST_PORT + number / 2 % PORTS;
        return new SessionRecord(
                new BindingRecord(
                        isTcp ? Protocol.TCP : Protocol.UDP, new Ipv6Address(CLIENTS, number), port, pool4, port),
                pool4,
                443,
                config.pref64s().getFirst(),
                new SessionState(isTcp ? TcpState.ESTABLISHED : TcpState.STATELESS, false, true, Duration.ofHours(1)));
    }
}
