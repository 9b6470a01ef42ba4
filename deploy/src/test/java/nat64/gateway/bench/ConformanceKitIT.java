// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The conformance kit, which knows nothing of our code, over its own upstream. */
class ConformanceKitIT {

    private static final Path CATALOGUE = Path.of("../docs/conformance/dns64.txt");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** All but what the catalogue says is open. */
    @Test
    @Tag("R-01")
    @Tag("R-02")
    @Tag("R-03")
    @Tag("R-04")
    @Tag("R-05")
    @Tag("R-07")
    @Tag("R-08")
    @Tag("R-09")
    @Tag("R-10")
    @Tag("R-11")
    @Tag("R-13")
    @Tag("R-14")
    @Tag("R-15")
    @Tag("R-16")
    @Tag("R-22")
    @Tag("R-23")
    @Tag("R-24")
    @Tag("R-25")
    @Tag("R-26")
    @Tag("R-27")
    @Tag("R-30")
    @Tag("R-31")
    @Tag("R-35")
    @Tag("R-39")
    @Tag("R-44")
    @Tag("R-47")
    @Tag("R-48")
    @Tag("R-49")
    @Tag("R-50")
    @Tag("R-51")
    @Tag("R-52")
    @Tag("R-54")
    @Tag("R-55")
    @Tag("R-60")
    @Tag("R-61")
    @Tag("R-62")
    @Tag("R-63")
    @Tag("R-64")
    @Tag("R-65")
    @Tag("R-66")
    @Tag("R-67")
    @Tag("R-70")
    @Tag("R-72")
    @Tag("R-73")
    @Tag("R-75")
    @Tag("R-77")
    @Tag("R-79")
    @Tag("R-80")
    @Tag("R-81")
    @Tag("R-82")
    @Tag("R-83")
    @Tag("R-85")
    @Tag("R-86")
    @Tag("R-88")
    @Tag("R-89")
    @Tag("R-94")
    @Tag("R-95")
    @Tag("R-96")
    @Tag("R-97")
    @Tag("R-99")
    @Tag("R-100")
    @Tag("R-112")
    @Tag("R-115")
    @Tag("R-121")
    @Tag("R-123")
    @Tag("R-124")
    @Tag("R-135")
    @Tag("R-136")
    void findsEveryRuleKept(TestInfo test) throws Exception {
        var report = directory.resolve("report.json");

        var kit = Script.run(
                directory,
                Duration.ofMinutes(15),
                "bench/dns64-conformance",
                "--peers",
                "nat64",
                "--json",
                report.toString());

        assertThat(report).as(kit.output()).exists();
        var checks = new ObjectMapper().readTree(Files.readString(report)).get("checks");
        var open = openItems();
        assertThat(checks)
                .filteredOn(check -> !open.contains(item(check)))
                .allSatisfy(check -> assertThat(verdict(check))
                        .as("%s %s: %s", item(check), check.get("check"), check.get("results"))
                        .isEqualTo("pass"));
        assertThat(test.getTags())
                .as("tags without a check of the kit")
                .isSubsetOf(checks.valueStream().map(ConformanceKitIT::item).collect(Collectors.toSet()));
    }

    private static String item(JsonNode check) {
        return check.get("item").asText();
    }

    private static String verdict(JsonNode check) {
        return check.at("/results/nat64/verdict").asText();
    }

    private static Set<String> openItems() throws IOException {
        return Files.readAllLines(CATALOGUE).stream()
                .map(line -> List.of(line.split("\\s*\\|\\s*", -1)))
                .filter(cells -> cells.size() > 4 && cells.get(4).equals("open"))
                .map(List::getFirst)
                .collect(Collectors.toSet());
    }
}
