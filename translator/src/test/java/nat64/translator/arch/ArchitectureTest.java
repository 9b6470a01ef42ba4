// SPDX-License-Identifier: Apache-2.0
package nat64.translator.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The floors: each package imports only what lies below it. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("nat64.translator");

    @Test
    void eachPackageImportsOnlyWhatLiesBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("wire")
                .definedBy("nat64.translator.wire")
                .layer("address")
                .definedBy("nat64.translator.address")
                .layer("packet")
                .definedBy("nat64.translator.packet")
                .layer("translate")
                .definedBy("nat64.translator.translate")
                .layer("session")
                .definedBy("nat64.translator.session")
                .layer("pipeline")
                .definedBy("nat64.translator.pipeline")
                .layer("device")
                .definedBy("nat64.translator.device..")
                .whereLayer("wire")
                .mayNotAccessAnyLayer()
                .whereLayer("address")
                .mayOnlyAccessLayers("wire")
                .whereLayer("packet")
                .mayOnlyAccessLayers("wire", "address")
                .whereLayer("translate")
                .mayOnlyAccessLayers("wire", "address", "packet")
                .whereLayer("session")
                .mayOnlyAccessLayers("wire", "address", "packet")
                .whereLayer("pipeline")
                .mayOnlyAccessLayers("wire", "address", "packet", "translate", "session")
                .whereLayer("device")
                .mayOnlyAccessLayers("wire", "address", "packet")
                .check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOtherInCircles() {
        slices().matching("nat64.translator.(*)..").should().beFreeOfCycles().check(CLASSES);
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
                        "nat64.translator.session",
                        "nat64.translator.pipeline")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(InetAddress.class)
                .check(CLASSES);
    }

    @Test
    void nobodyReadsAClockOrRollsDice() {
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
    void pureFloorsNeitherLogNorStartThreads() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "nat64.translator.wire",
                        "nat64.translator.address",
                        "nat64.translator.packet",
                        "nat64.translator.translate",
                        "nat64.translator.session")
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
