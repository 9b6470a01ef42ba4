// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("nat64");

    @ParameterizedTest(name = "{0} only in {1}")
    @CsvSource({
        "io.prometheus..,          metrics",
        "picocli..,                cli demo",
        "org.yaml..,               config",
        "com.sun.net.httpserver.., testbed",
        "com.fasterxml..,          json system host links auto config preflight health doctor bindinglog cli",
        "ch.qos.logback..,         log",
    })
    void libraryIsKnownInSomePackagesOnly(String library, String packages) {
        noClasses()
                .that()
                .resideOutsideOfPackages(Arrays.stream(packages.split(" "))
                        .map(name -> "nat64.gateway." + name + "..")
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void librariesKnowNoCommandLineYamlHttpOrPrometheus() {
        noClasses()
                .that()
                .resideInAnyPackage("nat64.translator..", "nat64.dns64..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "nat64.gateway..",
                        "picocli..",
                        "org.yaml..",
                        "com.fasterxml..",
                        "com.sun.net.httpserver..",
                        "java.net.http..",
                        "io.prometheus..",
                        "ch.qos.logback..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyDnsOverHttpsAndTheAdminServerKnowHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "nat64.dns64.transport", "nat64.dns64.upstream.connection", "nat64.gateway.admin")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.handler.codec.http..", "io.netty.handler.codec.http2..")
                .check(CLASSES);
    }

    /** The API of the translator; a module-info guards nothing on a class path (decision 29). */
    @Test
    void theProgramUsesNoInnerPartsOfTheTranslator() {
        noClasses()
                .that()
                .resideInAPackage("nat64.gateway..")
                .should()
                .dependOnClassesThat(resideInAPackage("nat64.translator..")
                        .and(not(resideInAnyPackage(
                                "nat64.translator",
                                "nat64.translator.address",
                                "nat64.translator.device",
                                "nat64.translator.device.capture",
                                "nat64.translator.device.ethernet",
                                "nat64.translator.device.pcap",
                                "nat64.translator.packet",
                                "nat64.translator.session",
                                "nat64.translator.session.fragment",
                                "nat64.translator.session.policy",
                                "nat64.translator.session.pool4",
                                "nat64.translator.session.record",
                                "nat64.translator.session.snapshot",
                                "nat64.translator.session.table",
                                "nat64.translator.translate",
                                "nat64.translator.wire"))))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("nat64.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyCommandsKnowTheWiring() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "nat64.gateway.config..",
                        "nat64.gateway.metrics..",
                        "nat64.gateway.admin..",
                        "nat64.gateway.host..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("nat64.gateway")
                .check(CLASSES);
    }

    @ParameterizedTest(name = "{0} imports nothing of {1}")
    @CsvSource({
        "file,           common translator.. dns64.. admin",
        "common,         translator.. dns64.. admin",
        "admin,          translator.. dns64..",
        "translator,     dns64.. admin",
        "dns64.view,     translator.. dns64 dns64.upstream",
        "dns64.upstream, translator.. dns64 dns64.view",
        "dns64,          translator..",
    })
    void configurationIsMadeOfLayers(String lower, String upper) {
        noClasses()
                .that()
                .resideInAPackage("nat64.gateway.config." + lower)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.concat(
                                Stream.of("nat64.gateway.config"),
                                Arrays.stream(upper.split(" ")).map(name -> "nat64.gateway.config." + name))
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void theFileReaderKnowsNothingOfNat64() {
        var reader = Set.of("nat64.gateway.config.file", "nat64.gateway.config.text");
        noClasses()
                .that()
                .resideInAnyPackage(reader.toArray(String[]::new))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to other packages of the program",
                        type -> type.getPackageName().startsWith("nat64.") && !reader.contains(type.getPackageName())))
                .check(CLASSES);
    }

    @Test
    void configurationAsksNothingOfTheHost() {
        noClasses()
                .that()
                .resideInAPackage("nat64.gateway.config..")
                .and()
                .doNotHaveSimpleName("LinkLocal") // an address of the JDK has the number of its interface
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(java.net.NetworkInterface.class, ProcessBuilder.class, java.net.Socket.class)
                .check(CLASSES);
    }
}
