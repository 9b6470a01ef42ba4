// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is shipped for Prometheus and Grafana: rules and dashboards. */
public final class MonitoringFiles {

    public static final Path RULES = Path.of("prometheus/rules.yaml");
    public static final Path RULES_TEST = Path.of("prometheus/rules.test.yaml");

    private static final Path DASHBOARDS = Path.of("grafana");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern METRIC = Pattern.compile("(?<![:\\w])(?:nat64|dns64|jvm|process)_\\w+(?!:)");
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");

    private MonitoringFiles() {}

    /**
     * A rule.
     *
     * @param name of the alert, or of the recorded series
     */
    public record Rule(String name, boolean isAlert, String expression) {}

    /** A query of a panel. */
    public record Query(String dashboard, String panel, String expression) {

        /** As Grafana would send it, for all gateways. */
        public String resolved() {
            return expression.replace("$__rate_interval", "1m").replace("$instance", ".*");
        }
    }

    /** All rules of the file. */
    public static List<Rule> rules() throws IOException {
        return stream(yaml(RULES).path("groups"))
                .flatMap(group -> stream(group.path("rules")))
                .map(rule -> new Rule(
                        rule.path("alert").asText(rule.path("record").asText()),
                        rule.has("alert"),
                        rule.path("expr").asText()))
                .toList();
    }

    /** The dashboards, by the names of their files. */
    public static List<Path> dashboards() throws IOException {
        try (var files = Files.list(DASHBOARDS)) {
            return files.sorted().toList();
        }
    }

    /** All queries of all panels. */
    public static List<Query> queries() throws IOException {
        var queries = Stream.<Query>builder();
        for (var file : dashboards()) {
            for (var panel : json(file).path("panels")) {
                for (var target : panel.path("targets")) {
                    queries.add(new Query(
                            file.getFileName().toString(),
                            panel.path("title").asText(),
                            target.path("expr").asText()));
                }
            }
        }
        return queries.build().toList();
    }

    /** The names of metrics in an expression, those of recorded series not included. */
    public static Set<String> metrics(String expression) {
        return METRIC.matcher(STRING.matcher(expression).replaceAll("\"\""))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    static JsonNode yaml(Path file) throws IOException {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return JSON.valueToTree(new Yaml(new SafeConstructor(options)).load(Files.readString(file)));
    }

    static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
