// SPDX-License-Identifier: Apache-2.0
package nat64.translator.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layers: each package imports only what lies below it. */
class ArchitectureTest {

    private static final String ROOT = "nat64.translator";

    /** With package-info. */
    private static final long MOST_FILES = 25;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("nat64.translator");

    private static final List<String> SESSION = List.of(
            "session",
            "session.table",
            "session.pool4",
            "session.fragment",
            "session.record",
            "session.snapshot",
            "session.policy");

    /** Each package, and which others of the module it may import; the lowest first. The root package is "". */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            entry("wire", Set.of()),
            entry("address", Set.of("wire")),
            entry("packet", Set.of("wire", "address")),
            entry("translate", Set.of("wire", "address", "packet")),
            entry("session.table", Set.of("wire", "packet")),
            entry("session.pool4", Set.of("address", "session.table")),
            entry("session.fragment", Set.of("wire", "packet", "session.table")),
            entry("session.record", Set.of("address", "session.table", "session.pool4")),
            entry("session.snapshot", Set.of("address", "session.table", "session.record")),
            entry("session.policy", Set.of("address", "session.table", "session.pool4")),
            entry("session", and(SESSION, "wire", "address", "packet")),
            entry("pipeline", Set.of("wire", "address", "packet", "translate", "session.table", "session.fragment")),
            entry("pipeline.stateless", Set.of("wire", "address", "packet", "translate", "pipeline")),
            entry("pipeline.stateful", and(SESSION, "wire", "address", "packet", "translate", "pipeline")),
            entry("device", Set.of("wire", "address", "packet")),
            entry("device.capture", Set.of("device.pcap")),
            entry("device.ethernet", Set.of("wire", "address", "packet")),
            entry("device.pcap", Set.of("wire", "address", "packet", "device", "device.ethernet")),
            entry(
                    "",
                    and(
                            SESSION,
                            "address",
                            "packet",
                            "translate",
                            "pipeline",
                            "pipeline.stateless",
                            "pipeline.stateful")));

    private static Set<String> and(List<String> some, String... others) {
        return Stream.concat(some.stream(), Stream.of(others)).collect(Collectors.toSet());
    }

    private static String nameOf(String layer) {
        return layer.isEmpty() ? ROOT : ROOT + "." + layer;
    }

    @Test
    void eachPackageImportsOnlyWhatLiesBelow() {
        var packages = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages).isEqualTo(new TreeSet<>(MAY_IMPORT.keySet()));
        MAY_IMPORT.forEach((name, allowed) -> {
            var others = packages.stream()
                    .filter(other -> !other.equals(name) && !allowed.contains(other))
                    .map(ArchitectureTest::nameOf)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(nameOf(name))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(CLASSES);
        });
    }

    @Test
    void noPackageIsSoLargeThatNothingIsFoundInIt() {
        var files = CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(files).allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void noPackagesDependOnEachOtherInCircles() {
        slices().matching("nat64.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyDevicesCallTheOperatingSystem() {
        noClasses()
                .that()
                .resideOutsideOfPackage("nat64.translator.device..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Linker.class, SymbolLookup.class)
                .check(CLASSES);
    }

    @Test
    void onlyCaptureFilesAndLiveInterfacesKnowLibpcap() {
        noClasses()
                .that()
                .resideOutsideOfPackages("nat64.translator.device.pcap", "nat64.translator.device.capture")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.pcap4j..", "com.sun.jna..")
                .check(CLASSES);
    }

    @Test
    void neighborsAreKeptWithoutThreadsSocketsOrLogs() {
        noClasses()
                .that()
                .resideInAPackage("nat64.translator.device.ethernet")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .check(CLASSES);
    }

    @Test
    void addressesKnowNothingOfMemoryNorOfPackets() {
        noClasses()
                .that()
                .resideInAPackage("nat64.translator.address")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(MemorySegment.class)
                .check(CLASSES);
    }

    @Test
    void thePacketPathCarriesAddressesAsNumbers() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "nat64.translator.wire",
                        "nat64.translator.packet",
                        "nat64.translator.translate",
                        "nat64.translator.session..",
                        "nat64.translator.pipeline..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(InetAddress.class)
                .check(CLASSES);
    }

    @Test
    void nothingReadsAClockOrMakesRandomNumbers() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .check(CLASSES);
    }

    @Test
    void pureLayersNeitherLogNorStartThreads() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "nat64.translator.wire",
                        "nat64.translator.address",
                        "nat64.translator.packet",
                        "nat64.translator.translate",
                        "nat64.translator.session..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .check(CLASSES);
    }

    @Test
    void theLibraryKnowsNoCommandLineNorYamlNorHttpNorPrometheus() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "picocli..",
                        "com.fasterxml..",
                        "org.yaml..",
                        "com.sun.net.httpserver..",
                        "java.net.http..",
                        "io.prometheus..",
                        "io.netty..",
                        "nat64.gateway..",
                        "nat64.dns64..")
                .check(CLASSES);
    }

    @Test
    void everyClassIsFinalOrAContract() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .orShould()
                .beEnums()
                .check(CLASSES);
    }
}
