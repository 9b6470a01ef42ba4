// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("nat64.dns64");

    @Test
    void eachFloorUsesOnlyThoseBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("wire")
                .definedBy("nat64.dns64.wire")
                .layer("synthesis")
                .definedBy("nat64.dns64.synthesis")
                .layer("cache")
                .definedBy("nat64.dns64.cache")
                .layer("timing")
                .definedBy("nat64.dns64.timing")
                .layer("network")
                .definedBy("nat64.dns64.network")
                .layer("upstream")
                .definedBy("nat64.dns64.upstream")
                .layer("server")
                .definedBy("nat64.dns64.server")
                .whereLayer("server")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("cache", "upstream", "server")
                .whereLayer("upstream")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("network")
                .mayOnlyBeAccessedByLayers("upstream", "server")
                .whereLayer("timing")
                .mayOnlyBeAccessedByLayers("upstream", "server")
                .whereLayer("cache")
                .mayOnlyBeAccessedByLayers("upstream", "server")
                .check(CLASSES);
    }

    @Test
    void everyClassLivesOnAFloor() {
        classes()
                .should()
                .resideInAnyPackage(
                        "nat64.dns64.wire",
                        "nat64.dns64.synthesis",
                        "nat64.dns64.cache",
                        "nat64.dns64.timing",
                        "nat64.dns64.network",
                        "nat64.dns64.upstream",
                        "nat64.dns64.server")
                .check(CLASSES);
    }

    @Test
    void onlyWhoTalksToTheNetworkKnowsNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackages("nat64.dns64.network", "nat64.dns64.upstream", "nat64.dns64.server")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void theHeartKnowsNoNetworkNoClockAndNoThreads() {
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
                .doNotHaveFullyQualifiedName("nat64.dns64.server.Dns64Server")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void ofTheTranslatorOnlyAddressesAreKnown() {
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
