// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import nat64.gateway.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nat64 who ADDRESS:PORT TIME}. */
@SuppressWarnings("NullAway.Init")
class WhoInThePastTest {

    private static final String BINDING = "\"protocol\":\"tcp\",\"client\":\"2001:db8::7\",\"client_port\":4000,"
            + "\"pool4\":\"198.51.100.7\",\"pool4_port\":50321}\n";

    @TempDir
    private Path directory;

    private Path log;
    private Path config;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        log = directory.resolve("bindings.json");
        config = Files.writeString(directory.resolve("a.yaml"), "");
        Files.writeString(
                log,
                line("00", "log_start") + "}\n" + line("10", "binding_start") + "," + BINDING
                        + line("20", "binding_end") + "," + BINDING);
    }

    @Test
    void aClientIsToldForATimeInBetween() {
        assertThat(who("198.51.100.7:50321", "2026-01-02T03:04:15Z", "--log", log.toString()))
                .isZero();
        assertThat(out.toString())
                .isEqualTo("tcp 198.51.100.7:50321 was [2001:db8::7]:4000, from 2026-01-02T03:04:10.500Z,"
                        + " to 2026-01-02T03:04:20.500Z\n");
    }

    @Test
    void theSubscriberOfABlockIsToldForEachOfItsPorts() throws IOException {
        Files.writeString(
                log,
                line("00", "log_start") + "}\n" + line("10", "block_start")
                        + ",\"subscriber\":\"2001:db8:0:100::/56\",\"pool4\":\"198.51.100.7\","
                        + "\"first_port\":50176,\"last_port\":50687}\n");

        assertThat(who("198.51.100.7:50687", "2026-01-02T03:04:15Z", "--log", log.toString(), "--protocol", "udp"))
                .isZero();
        assertThat(out.toString())
                .isEqualTo("any protocol 198.51.100.7:50687 was of the subscriber 2001:db8:0:100::/56"
                        + " (block of ports 50176-50687), from 2026-01-02T03:04:10.500Z,"
                        + " and still has it, as far as the log goes\n");
        assertThat(who("198.51.100.7:50688", "2026-01-02T03:04:15Z", "--log", log.toString()))
                .isEqualTo(1);
        out.getBuffer().setLength(0);
        assertThat(who("198.51.100.7:50176", "2026-01-02T03:04:15Z", "--log", log.toString(), "--output", "json"))
                .isZero();
        var tenure = Json.parse(out.toString()).path("tenures").path(0);
        assertThat(tenure.path("subscriber").asText()).isEqualTo("2001:db8:0:100::/56");
        assertThat(tenure.path("last_port").asInt()).isEqualTo(50_687);
    }

    @Test
    void beforeAndAfterItIsNobody() {
        for (var time : List.of("2026-01-02T03:04:09Z", "2026-01-02T03:04:21Z")) {
            err.getBuffer().setLength(0);
            assertThat(who("198.51.100.7:50321", time, "--log", log.toString())).isEqualTo(1);
            assertThat(err.toString()).isEqualTo("nat64: no client had 198.51.100.7:50321 at " + time + "\n");
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aTimeWithoutAFractionIsTheWholeSecond() {
        assertThat(who("198.51.100.7:50321", "2026-01-02T03:04:10Z", "--log", log.toString()))
                .isZero();
        assertThat(who("198.51.100.7:50321", "2026-01-02T03:04:10.499Z", "--log", log.toString()))
                .isEqualTo(1);
        assertThat(who("198.51.100.7:50321", "2026-01-02T04:04:10.500+01:00", "--log", log.toString()))
                .isZero();
    }

    @Test
    void beforeTheLogItIsSaid() {
        assertThat(who("198.51.100.7:50321", "2026-01-01T00:00:00Z", "--log", log.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).endsWith("; the log begins at 2026-01-02T03:04:00.500Z\n");
    }

    @Test
    void lostRecordsAreSaid() throws IOException {
        Files.writeString(log, Files.readString(log) + line("12", "lost") + ",\"records\":17,\"where\":\"ring\"}\n");

        assertThat(who("198.51.100.7:50321", "2026-01-02T03:04:15Z", "--log", log.toString()))
                .isZero();
        assertThat(err.toString()).contains("17 records before this time were lost");
    }

    @Test
    void theFileOfTheConfigurationIsTheDefault() throws IOException {
        Files.writeString(config, "translator: {binding-log: {json: {file: " + log + "}}}");

        assertThat(who("198.51.100.7:50321", "2026-01-02T03:04:15Z")).isZero();
    }

    @Test
    void jsonHasTheSame() {
        assertThat(who("198.51.100.7:50321", "2026-01-02T03:04:15Z", "--log", log.toString(), "--output", "json"))
                .isZero();
        var tenure = Json.parse(out.toString()).path("tenures").path(0);

        assertThat(tenure.path("client").asText()).isEqualTo("2001:db8::7");
        assertThat(tenure.path("begin").asText()).isEqualTo("2026-01-02T03:04:10.500Z");
        assertThat(tenure.path("end_exact").asBoolean()).isTrue();
    }

    @Test
    void aProtocolCanBeChosen() {
        assertThat(who("198.51.100.7:50321", "2026-01-02T03:04:15Z", "--log", log.toString(), "--protocol", "udp"))
                .isEqualTo(1);
    }

    @Test
    void wrongUseIsToldWithWhatWouldBeRight() {
        assertThat(who("198.51.100.7:50321", "yesterday", "--log", log.toString()))
                .isEqualTo(2);
        assertThat(who("198.51.100.7", "2026-01-02T03:04:15Z", "--log", log.toString()))
                .isEqualTo(2);
        assertThat(who("198.51.100.7:50321", "--log", log.toString())).isEqualTo(2);
        assertThat(who("198.51.100.7:50321", "2026-01-02T03:04:15Z")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "'yesterday' is not a time with its zone, such as 2026-01-02T03:04:05Z",
                        "'' is not a port",
                        "--log needs a TIME",
                        "name its files with --log FILE");
    }

    @Test
    void aMissingFileIsAProblem() {
        assertThat(who("198.51.100.7:50321", "2026-01-02T03:04:15Z", "--log", "/no/such/file"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("file not found: /no/such/file");
    }

    @Test
    void twoHundredThousandRecordsInACompressedFileAreReadLineByLine() throws IOException {
        var old = directory.resolve("bindings.json.1.gz");
        try (var gzip =
                new PrintWriter(new GZIPOutputStream(Files.newOutputStream(old)), false, StandardCharsets.UTF_8)) {
            for (int i = 0; i < 200_000; i++) {
                gzip.print(line("00", "binding_start") + ","
                        + BINDING.replace("198.51.100.7", "198.51.%d.%d".formatted(101 + i / 60_000, i % 250))
                                .replace("50321", String.valueOf(1024 + i % 60_000)));
            }
        }

        assertThat(who("198.51.100.7:50321", "2026-01-02T03:04:15Z", "--log", old.toString(), "--log", log.toString()))
                .isZero();
        assertThat(who("198.51.101.100:1124", "2026-01-02T03:04:15Z", "--log", old.toString()))
                .isZero();
    }

    private static String line(String second, String event) {
        return "{\"time\":\"2026-01-02T03:04:%s.500Z\",\"event\":\"%s\"".formatted(second, event);
    }

    private int who(String... arguments) {
        var all = new ArrayList<>(List.of("who"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        return Nat64Command.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
