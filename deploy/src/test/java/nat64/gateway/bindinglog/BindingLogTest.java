// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.json.Json;
import nat64.translator.TranslatorThreads;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.device.MemoryPort;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionState;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;
import nat64.translator.translate.NextHopMtus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log of a translator in memory, which is told of sessions from elsewhere. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class BindingLogTest {

    @TempDir
    private Path directory;

    private Path file;
    private TranslatorThreads translator;

    @BeforeEach
    void prepare() {
        file = directory.resolve("bindings.json");
        translator = translator("");
    }

    private static TranslatorThreads translator(String more) {
        var settings = config(more).modeSettings(NextHopMtus.UNLIMITED);
        var surroundings = new TranslatorThreads.Surroundings(
                () -> System.nanoTime() / 1_000_000, new SplittableRandom(1), () -> {});
        return TranslatorThreads.prepare(Arena.ofShared(), settings, List.of(new MemoryPort()), surroundings);
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    void withoutOutputsThereIsNoLog() throws IOException {
        assertThat(BindingLog.open(config("").translator().bindingLog())).isEmpty();
    }

    @Test
    void aFileThatCannotBeOpenedIsTold() {
        var log = config("binding-log: {json: {file: " + directory + "/no/log}}")
                .translator()
                .bindingLog();

        assertThatThrownBy(() -> BindingLog.open(log)).isInstanceOf(IOException.class);
    }

    @Test
    void theLogHasWhatWasThereThenWhatBegan() throws IOException {
        adopt(1, Duration.ofMinutes(1));
        try (var log = open("")) {
            log.listen(translator);
            translator.begin();
            log.start();
            adopt(2, Duration.ofMinutes(1));
            await("binding_start 2001:db8::2");
        }

        assertThat(events())
                .startsWith("log_start")
                .contains("binding_present 2001:db8::1 100.64.64.1:2001", "binding_start 2001:db8::2 100.64.64.1:2002")
                .endsWith("log_end");
    }

    @Test
    void theEndOfABindingIsLogged() throws IOException {
        try (var log = open("")) {
            log.listen(translator);
            translator.begin();
            log.start();
            adopt(3, Duration.ofMillis(1));
            await("binding_end 2001:db8::3");
        }

        assertThat(events())
                .containsSubsequence(
                        "binding_start 2001:db8::3 100.64.64.1:2003", "binding_end 2001:db8::3 100.64.64.1:2003");
    }

    @Test
    void aBlockStandsForItsBindings() throws IOException {
        translator.close();
        translator = translator("port-blocks: {size: 1024}");
        adopt(1, Duration.ofMinutes(1));
        try (var log = open("")) {
            log.listen(translator);
            translator.begin();
            log.start();
            await("block_present");
            adopt(50, Duration.ofMillis(1));
            adopt(51, Duration.ofMinutes(1));
            adopt(2000, Duration.ofMillis(1));
            await("block_end");
        }

        assertThat(lines().stream()
                        .map(line -> line.path("event").asText() + " "
                                + line.path("first_port").asInt()))
                .containsExactly(
                        "log_start 0",
                        "block_present 1024",
                        "block_start 2048",
                        "block_start 3072",
                        "block_end 3072",
                        "log_end 0");
        assertThat(lines().get(1).path("subscriber").asText()).isEqualTo("2001:db8::/64");
    }

    @Test
    void sessionsAreLoggedIfDestinationsAreAskedFor() throws IOException {
        adopt(1, Duration.ofMinutes(1));
        try (var log = open("destinations: true, ")) {
            log.listen(translator);
            translator.begin();
            log.start();
            adopt(2, Duration.ofMillis(1));
            await("binding_end 2001:db8::2");
        }

        assertThat(events())
                .contains("session_present 2001:db8::1 100.64.64.1:2001 192.0.2.33:443")
                .containsSubsequence(
                        "session_start 2001:db8::2 100.64.64.1:2002 192.0.2.33:443",
                        "session_end 2001:db8::2 100.64.64.1:2002 192.0.2.33:443");
    }

    @Test
    void timesAreThoseOfTheEvents() throws IOException {
        var before = Instant.now();
        try (var log = open("")) {
            log.listen(translator);
            translator.begin();
            log.start();
            adopt(1, Duration.ofMinutes(1));
            await("binding_start 2001:db8::1");
        }
        var after = Instant.now();

        assertThat(lines())
                .allSatisfy(line -> assertThat(Instant.parse(line.path("time").asText()))
                        .isBetween(before.minusMillis(5), after.plusMillis(5)));
    }

    @Test
    void theStatusCountsRecords() throws IOException {
        var log = open("");
        try (log) {
            log.listen(translator);
            translator.begin();
            log.start();
            adopt(1, Duration.ofMinutes(1));
            await("binding_start 2001:db8::1");
        }

        assertThat(log.status().written().get("json")).isBetween(1L, 2L); // listed, too, if it came at once
        assertThat(log.status().lost()).containsEntry("json", 0L);
        assertThat(log.status().eventsLost()).isZero();
    }

    private BindingLog open(String more) throws IOException {
        return BindingLog.open(config("binding-log: {" + more + "json: {file: " + file + "}}")
                        .translator()
                        .bindingLog())
                .orElseThrow();
    }

    private static GatewayConfig config(String translator) {
        return ConfigFile.parse(
                        "test",
                        "{clients: ['2001:db8::/32'], translator: {max-sessions: 1024"
                                + (translator.isEmpty() ? "" : ", " + translator) + "}}")
                .config();
    }

    private void adopt(int host, Duration timeLeft) {
        var client = Ipv6Address.parse("2001:db8::" + Integer.toHexString(host));
        var record = new SessionRecord(
                new BindingRecord(Protocol.TCP, client, 4000, Ipv4Address.parse("100.64.64.1"), 2000 + host),
                Ipv4Address.parse("192.0.2.33"),
                443,
                Pref64.WELL_KNOWN,
                new SessionState(TcpState.TRANS, false, true, timeLeft));
        assertThat(translator.adopt(record).join().succeeded()).isTrue();
    }

    /** Waits for an event, which takes a moment. */
    private void await(String begin) throws IOException {
        while (!Files.exists(file) || events().stream().noneMatch(event -> event.startsWith(begin))) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private List<String> events() throws IOException {
        return lines().stream().map(BindingLogTest::text).toList();
    }

    private static String text(JsonNode line) {
        return (line.path("event").asText() + " " + line.path("client").asText() + " " + place(line, "pool4") + " "
                        + place(line, "remote"))
                .strip();
    }

    private static String place(JsonNode line, String name) {
        return line.has(name)
                ? line.path(name).asText() + ":" + line.path(name + "_port").asInt()
                : "";
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(file).stream().map(Json::parse).toList(); // a batch is written as a whole
    }
}
