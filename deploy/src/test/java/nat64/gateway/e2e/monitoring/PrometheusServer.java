// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nat64.gateway.e2e.Beds;
import nat64.gateway.json.Json;
import nat64.gateway.metrics.MonitoringFiles;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;

/** A real Prometheus on the gateway of a bed: scrapes it once a second, and evaluates the shipped rules. */
final class PrometheusServer implements AutoCloseable {

    private static final String URL = "http://127.0.0.1:9090";
    private final Namespace host;
    private final Process process;
    private final Path log;

    private PrometheusServer(Namespace host, Process process, Path log) {
        this.host = host;
        this.process = process;
        this.log = log;
    }

    /** One that keeps its data in a directory, and answers. */
    static PrometheusServer start(Namespace host, Path directory) throws IOException, HostException {
        var rules = MonitoringFiles.RULES.toAbsolutePath();
        var file = Files.writeString(directory.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: nat64
                    static_configs: [{targets: ["127.0.0.1:6464"]}]
                """.formatted(rules));
        var log = directory.resolve("prometheus.log");
        var process = new ProcessBuilder(host.inside(List.of(
                        "prometheus",
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:9090")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var server = new PrometheusServer(host, process, log);
        Beds.await(host, "curl -fsS -o /dev/null %s/-/ready 2>/dev/null || ! kill -0 %d".formatted(URL, process.pid()));
        return server;
    }

    /** What an instant query answers now: a list of series with a value each. */
    JsonNode query(String expression) throws IOException, HostException {
        var quoted = "'" + expression.replace("'", "'\\''") + "'";
        var answer = Json.parse(get("/api/v1/query --data-urlencode query=" + quoted));
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return answer.at("/data/result");
    }

    /** Whether a query answers with numbers, now or after a few scrapes. */
    boolean answers(String expression, Duration patience) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            for (var series : query(expression)) {
                if (!series.at("/value/1").asText().equals("NaN")) {
                    return true;
                }
            }
            if (System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** The groups of rules, with the health of each. */
    JsonNode rules() throws IOException, HostException {
        return Json.parse(get("/api/v1/rules")).at("/data/groups");
    }

    /** The part of its log that tells why it failed, if it did. */
    String log() throws IOException {
        return Files.readString(log);
    }

    private String get(String path) throws IOException, HostException {
        var result = Beds.attempt(host, "curl -sS -G " + URL + path);
        if (!result.isSuccess()) {
            throw new AssertionError(result.output() + log());
        }
        return result.output();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
