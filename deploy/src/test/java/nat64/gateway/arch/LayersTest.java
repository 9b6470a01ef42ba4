// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The layers of the gateway: which package may be imported by which. The Javadoc of each package has its contract. */
class LayersTest {

    private static final int MOST_FILES = 25;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("nat64.gateway");

    /** Each layer, and the layers that may import it. A missing one is imported by none. */
    private static final Map<String, List<String>> IMPORTERS = Map.ofEntries(
            Map.entry(
                    "json",
                    List.of("bindinglog", "system", "host", "health", "log", "admin", "replay", "doctor", "cli")),
            Map.entry(
                    "system",
                    List.of(
                            "netlink",
                            "admin",
                            "systemd",
                            "host",
                            "links",
                            "health",
                            "restart",
                            "auto",
                            "preflight",
                            "gateway",
                            "training",
                            "testbed",
                            "demo",
                            "diagnose",
                            "doctor",
                            "explain",
                            "inspect",
                            "cli")),
            Map.entry("diagnose", List.of("cli")),
            Map.entry("netlink", List.of("host", "links", "auto")),
            Map.entry("links", List.of("gateway")),
            Map.entry("restart", List.of("metrics", "gateway", "training")),
            Map.entry(
                    "host",
                    List.of(
                            "links",
                            "health",
                            "auto",
                            "preflight",
                            "metrics",
                            "gateway",
                            "training",
                            "testbed",
                            "demo",
                            "cli")),
            Map.entry("health", List.of("metrics", "gateway", "doctor")),
            Map.entry("systemd", List.of("gateway")),
            Map.entry(
                    "config",
                    List.of(
                            "auto",
                            "preflight",
                            "log",
                            "live",
                            "bindinglog",
                            "explain",
                            "inspect",
                            "gateway",
                            "training",
                            "doctor",
                            "cli")),
            Map.entry("auto", List.of("preflight", "explain", "gateway", "training", "doctor", "cli")),
            Map.entry("preflight", List.of("doctor", "cli")),
            Map.entry("bindinglog", List.of("metrics", "gateway", "cli")),
            Map.entry("doctor", List.of("cli")),
            Map.entry("live", List.of("gateway")),
            Map.entry("log", List.of("gateway", "cli")),
            Map.entry("metrics", List.of("gateway")),
            Map.entry("admin", List.of("metrics", "gateway", "cli")),
            Map.entry("inspect", List.of("gateway")),
            Map.entry("replay", List.of("explain", "inspect", "training", "cli")),
            Map.entry("explain", List.of("inspect", "cli")),
            Map.entry("gateway", List.of("training", "cli")),
            Map.entry("training", List.of("cli")),
            Map.entry("testbed", List.of("demo")),
            Map.entry("demo", List.of("cli")),
            Map.entry("cli", List.of()));

    @Test
    void layersImportOnlyWhatLiesBelow() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (var layer : IMPORTERS.keySet()) {
            layers = layer.equals("gateway")
                    ? layers.layer(layer).definedBy("nat64.gateway")
                    : layers.layer(layer).definedBy("nat64.gateway." + layer + "..");
        }
        for (var layer : IMPORTERS.entrySet()) {
            layers = layer.getValue().isEmpty()
                    ? layers.whereLayer(layer.getKey()).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(layer.getKey())
                            .mayOnlyBeAccessedByLayers(layer.getValue().toArray(String[]::new));
        }
        layers.check(CLASSES);
    }

    @Test
    void everyPackageIsALayer() {
        var packages = CLASSES.stream()
                .map(type -> type.getPackageName().replaceFirst("^nat64\\.gateway\\.?", ""))
                .map(name -> name.isEmpty() ? "gateway" : name.replaceFirst("\\..*", ""))
                .collect(Collectors.toSet());

        assertThat(packages).isEqualTo(IMPORTERS.keySet());
    }

    @Test
    void onlyTheAdminServerKnowsNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage("nat64.gateway.admin")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("nat64.gateway.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesStaySmall() throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            var sizes = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));

            assertThat(sizes)
                    .isNotEmpty()
                    .allSatisfy((folder, size) ->
                            assertThat(size).as("files in %s", folder).isLessThanOrEqualTo(MOST_FILES));
        }
    }
}
