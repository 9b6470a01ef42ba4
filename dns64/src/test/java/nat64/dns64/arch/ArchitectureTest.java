// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    private static final String ROOT = "nat64.dns64";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** From bottom to top: each package with those that it may import, which all stand above it in this list. */
    private static final Map<String, Set<String>> LAYERS = layers("""
            message:
            statistics:
            network:
            synthesis: message
            settings: statistics synthesis
            files: message
            cache: message statistics settings
            dnssec: message statistics settings
            upstream.connection: message statistics network settings
            upstream: message statistics network settings cache dnssec upstream.connection
            view: synthesis settings
            health: settings view
            limit: settings view
            query: message statistics synthesis settings cache view limit
            transport: message statistics network settings files cache view limit query
            explain: message statistics network synthesis settings cache view health limit query
            (root): message statistics network synthesis settings files cache dnssec upstream.connection upstream view \
            health limit query transport explain""");

    private static final int MOST_FILES = 25;

    private static Map<String, Set<String>> layers(String text) {
        var layers = new LinkedHashMap<String, Set<String>>();
        text.lines().forEach(line -> {
            var parts = line.split(":", 2);
            var below = Arrays.stream(parts[1].split(" "))
                    .filter(name -> !name.isEmpty())
                    .map(ArchitectureTest::packageOf)
                    .collect(Collectors.toUnmodifiableSet());
            assertThat(layers.keySet())
                    .as("what %s imports stands above it", parts[0])
                    .containsAll(below);
            layers.put(packageOf(parts[0]), below);
        });
        return layers;
    }

    private static String packageOf(String layer) {
        return layer.equals("(root)") ? ROOT : ROOT + "." + layer;
    }

    @TestFactory
    Stream<DynamicTest> aLayerImportsOnlyWhatTheListSays() {
        return LAYERS.entrySet().stream()
                .map(layer -> DynamicTest.dynamicTest(
                        layer.getKey(),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(layer.getKey())
                                .should()
                                .dependOnClassesThat(DescribedPredicate.describe(
                                        "are of a layer that is not in its list",
                                        type -> isOurs(type)
                                                && !type.getPackageName().equals(layer.getKey())
                                                && !layer.getValue().contains(type.getPackageName())))
                                .check(CLASSES)));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    @Test
    void everyClassLivesInALayer() {
        classes()
                .should()
                .resideInAnyPackage(LAYERS.keySet().toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("nat64.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void noPackageHasMoreThan25Files(String sources) throws IOException {
        try (var files = Files.walk(Path.of(sources))) {
            var perPackage = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));

            assertThat(perPackage)
                    .isNotEmpty()
                    .allSatisfy(
                            (name, count) -> assertThat(count).as("%s", name).isLessThanOrEqualTo(MOST_FILES));
        }
    }

    @Test
    void everyPackageStatesItsContract() {
        assertThat(LAYERS.keySet())
                .allSatisfy(layer -> assertThat(
                                Path.of("src/main/java", layer.split("\\.")).resolve("package-info.java"))
                        .content()
                        .contains("<p>"));
    }

    @Test
    void onlyLayersWithSocketsKnowNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "nat64.dns64.network",
                        "nat64.dns64.upstream",
                        "nat64.dns64.upstream.connection",
                        "nat64.dns64.transport")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty.bootstrap..", "io.netty.buffer..", "io.netty.channel..", "io.netty.handler..")
                .check(CLASSES);
    }

    @Test
    void synthesisKnowsNoNetworkNoClockAndNoThreads() {
        noClasses()
                .that()
                .resideInAPackage("nat64.dns64.synthesis")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.time..", "java.util.concurrent..")
                .check(CLASSES);
    }

    @Test
    void theClockIsReadInOnePlaceOnly() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("nat64.dns64.Dns64Server")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void onlyAddressesOfTheTranslatorAreKnown() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are the translator's, addresses excepted",
                        type -> type.getPackageName().startsWith("nat64.translator")
                                && !type.getPackageName().equals("nat64.translator.address")))
                .check(CLASSES);
    }

    @Test
    void theLibraryKnowsNothingOfTheProgram() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "nat64.gateway..",
                        "picocli..",
                        "com.fasterxml.jackson..",
                        "org.yaml..",
                        "io.prometheus..",
                        "com.sun.net.httpserver..",
                        "java.net.http..",
                        "ch.qos.logback..")
                .check(CLASSES);
    }
}
