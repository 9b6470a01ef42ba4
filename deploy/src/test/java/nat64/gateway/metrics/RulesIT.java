// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nat64.gateway.metrics.MonitoringFiles.Rule;
import nat64.gateway.system.Commands;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules for Prometheus, as its own tool reads and runs them. */
class RulesIT {

    @BeforeAll
    static void needPromtool() {
        assumeTrue(Commands.locate("promtool").isPresent(), "missing: promtool; deploy/setup installs it");
    }

    @Test
    void areSound() throws Exception {
        assertThat(promtool("check", "rules", MonitoringFiles.RULES.toString())).contains("SUCCESS");
    }

    @Test
    void fireWhenTheyShould() throws Exception {
        assertThat(promtool("test", "rules", MonitoringFiles.RULES_TEST.toString()))
                .contains("SUCCESS");
    }

    @Test
    void everyAlertFiresInOneCaseAndIsSilentInAnother() throws Exception {
        var cases = MonitoringFiles.stream(
                        MonitoringFiles.yaml(MonitoringFiles.RULES_TEST).path("tests"))
                .flatMap(test -> MonitoringFiles.stream(test.path("alert_rule_test")))
                .toList();
        for (var rule : MonitoringFiles.rules().stream().filter(Rule::isAlert).toList()) {
            assertThat(cases)
                    .filteredOn(test -> test.path("alertname").asText().equals(rule.name()))
                    .extracting(test -> test.path("exp_alerts").isEmpty())
                    .as(rule.name())
                    .contains(true, false);
        }
    }

    @Test
    void everyAlertSaysHowSevereItIsAndWhatToDo() throws Exception {
        var alerts = MonitoringFiles.stream(
                        MonitoringFiles.yaml(MonitoringFiles.RULES).path("groups"))
                .flatMap(group -> MonitoringFiles.stream(group.path("rules")))
                .filter(rule -> rule.has("alert"))
                .toList();
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
            assertThat(alert.at("/annotations/summary").asText()).contains("$labels.instance");
            assertThat(alert.at("/annotations/description").asText()).endsWith(".");
        });
    }

    private static String promtool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        var result = Commands.attempt(command, Duration.ofMinutes(2));
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }
}
