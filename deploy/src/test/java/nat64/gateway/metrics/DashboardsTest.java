// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards as Grafana imports them. Whether their queries have answers, MonitoringIT finds out. */
class DashboardsTest {

    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `((?:nat64|dns64)_[a-z0-9_]+)` \\|");
    private static final Pattern OURS = Pattern.compile("(?:nat64|dns64)_.*");
    private static final int COLUMNS = 24;

    @ParameterizedTest
    @MethodSource("dashboards")
    void hasWhatEveryDashboardNeeds(Path file) throws Exception {
        var dashboard = MonitoringFiles.json(file);

        assertThat(dashboard.path("uid").asText()).matches("[a-z0-9-]{1,40}");
        assertThat(dashboard.path("title").asText()).isNotBlank();
        assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(38);
        assertThat(dashboard.has("id"))
                .as("an id would replace another dashboard")
                .isFalse();
        assertThat(dashboard.at("/templating/list"))
                .extracting(
                        variable -> variable.path("name").asText(),
                        variable -> variable.path("type").asText())
                .containsExactly(tuple("datasource", "datasource"), tuple("instance", "query"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void hasPanelsThatCanBeToldApart(Path file) throws Exception {
        var panels = panels(file);

        assertThat(panels).hasSizeGreaterThan(10);
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .extracting(panel -> panel.path("title").asText())
                .doesNotHaveDuplicates()
                .allSatisfy(title -> assertThat(title).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelSaysWhatItShowsAndAsksTheChosenDataSource(Path file) throws Exception {
        for (var panel : panels(file)) {
            if (!panel.path("type").asText().equals("row")) {
                var title = panel.path("title").asText();
                assertThat(panel.path("type").asText()).isIn("timeseries", "stat");
                assertThat(panel.path("description").asText()).as(title).isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                        .as(title)
                        .isNotBlank();
                assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
                assertThat(panel.path("targets"))
                        .as(title)
                        .isNotEmpty()
                        .allSatisfy(target -> assertThat(
                                        target.at("/datasource/uid").asText())
                                .isEqualTo("${datasource}"));
                assertThat(panel.path("targets"))
                        .extracting(target -> target.path("refId").asText())
                        .doesNotHaveDuplicates();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void noTwoPanelsLieOnTopOfEachOther(Path file) throws Exception {
        var taken = new ArrayList<String>();
        for (var panel : panels(file)) {
            var at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            for (int x = 0; x < at.path("w").asInt(); x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                    taken.add((at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y));
                }
            }
        }
        assertThat(taken).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void namesNoAddressAndNoDataSourceOfOneSite(Path file) throws Exception {
        assertThat(Files.readString(file)).doesNotContain("://", "localhost", "127.0.0.1", "__inputs");
    }

    @Test
    void askOnlyForMetricsThatThereAre() throws Exception {
        var documented = documented();
        assertThat(MonitoringFiles.queries())
                .hasSizeGreaterThan(50)
                .allSatisfy(query -> assertThat(ours(query.expression()))
                        .as(query.toString())
                        .isSubsetOf(documented));
    }

    @Test
    void rulesAskOnlyForMetricsThatThereAre() throws Exception {
        var documented = documented();
        assertThat(MonitoringFiles.rules())
                .hasSizeGreaterThan(30)
                .allSatisfy(rule ->
                        assertThat(ours(rule.expression())).as(rule.name()).isSubsetOf(documented));
    }

    /** Histograms by the names of their series, too. */
    private static Set<String> documented() throws Exception {
        return DOCUMENTED
                .matcher(Files.readString(Path.of("../docs/metrics.md")))
                .results()
                .map(row -> row.group(1))
                .flatMap(name -> Stream.of(name, name + "_bucket", name + "_count", name + "_sum"))
                .collect(Collectors.toSet());
    }

    private static Set<String> ours(String expression) {
        return MonitoringFiles.metrics(expression).stream()
                .filter(name -> OURS.matcher(name).matches())
                .collect(Collectors.toSet());
    }

    private static List<JsonNode> panels(Path file) throws Exception {
        return MonitoringFiles.stream(MonitoringFiles.json(file).path("panels")).toList();
    }

    static List<Path> dashboards() throws Exception {
        return MonitoringFiles.dashboards();
    }
}
