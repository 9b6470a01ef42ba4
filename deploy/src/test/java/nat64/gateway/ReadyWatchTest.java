// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import nat64.gateway.admin.Readiness;
import nat64.gateway.systemd.NotifySocket;
import nat64.gateway.systemd.ServiceManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log and the service manager hear of readiness. */
class ReadyWatchTest {

    private static final Readiness NO_UPLINK = new Readiness(List.of("no uplink"));

    private final AtomicReference<Readiness> readiness = new AtomicReference<>(NO_UPLINK);
    private final AtomicReference<List<String>> stuck = new AtomicReference<>(List.of());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("nat64");
    private ReadyWatch watch = watch(ServiceManager.of(Map.of(), 1));

    @BeforeEach
    void start() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null); // as its parent
        watch.close();
    }

    @Test
    void theStartHasTwoSeconds() {
        look(1);
        assertThat(lines()).isEmpty();
        look(2);
        look(3);
        assertThat(lines()).containsExactly("WARN not ready yet: no uplink");
        assertThat(watch.wasReady()).isFalse();

        readiness.set(Readiness.READY);
        look(4);
        look(5);
        assertThat(lines()).last().isEqualTo("INFO ready");
        assertThat(lines()).hasSize(2);
        assertThat(watch.wasReady()).isTrue();
    }

    @Test
    void lostReadinessIsToldAtOnceAndOtherReasonsEveryHalfMinute() {
        readiness.set(Readiness.READY);
        look(1);
        readiness.set(NO_UPLINK);
        look(2);
        readiness.set(new Readiness(List.of("no upstream", "no uplink")));
        look(3);
        assertThat(lines()).containsExactly("INFO ready", "WARN no longer ready: no uplink");
        look(32);
        assertThat(lines()).last().isEqualTo("WARN no longer ready: no upstream; no uplink");

        readiness.set(Readiness.READY);
        look(33);
        assertThat(lines()).last().isEqualTo("INFO ready again");
    }

    @Test
    void theServiceManagerHearsOfItAndItsWatchdogIsFedUnlessSomethingIsStuck(@TempDir Path directory) throws Exception {
        var path = directory.resolve("notify").toString();
        try (var socket = new NotifySocket(path)) {
            watch = watch(ServiceManager.of(Map.of("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "10000000"), 1));
            look(1);
            assertThat(socket.next()).isEqualTo("WATCHDOG=1");
            look(2);
            assertThat(socket.next()).isEqualTo("STATUS=not ready: no uplink");
            stuck.set(List.of("a worker"));
            look(6);
            readiness.set(Readiness.READY);
            look(7);
            assertThat(socket.next()).isEqualTo("READY=1\nSTATUS=ready");
            stuck.set(List.of());
            look(8);
            assertThat(socket.next()).isEqualTo("WATCHDOG=1");
            watch.stop();
            assertThat(socket.next()).startsWith("STOPPING=1");
            look(13);
            assertThat(socket.next()).isEqualTo("WATCHDOG=1");
        }
    }

    private ReadyWatch watch(ServiceManager manager) {
        return ReadyWatch.stopped(readiness::get, stuck::get, manager, 0);
    }

    private void look(long second) {
        watch.look(TimeUnit.SECONDS.toNanos(second));
    }

    private List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
