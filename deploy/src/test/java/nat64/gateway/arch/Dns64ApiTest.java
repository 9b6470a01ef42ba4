// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of the module dns64 the gateway uses; see docs/decisions/0030-dns64-packages.md. */
class Dns64ApiTest {

    private static final Set<String> PACKAGES = Set.of(
            "nat64.dns64",
            "nat64.dns64.settings",
            "nat64.dns64.statistics",
            "nat64.dns64.synthesis",
            "nat64.dns64.explain");
    private static final String PROBE = "nat64.dns64.health.DataPlaneProbe";

    @Test
    void theGatewayUsesOnlyTheApiOfDns64() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe("are inside dns64", Dns64ApiTest::isInside))
                .check(new ClassFileImporter().importPackages("nat64.gateway"));
    }

    private static boolean isInside(JavaClass type) {
        return type.getPackageName().startsWith("nat64.dns64")
                && !PACKAGES.contains(type.getPackageName())
                && !type.getFullName().startsWith(PROBE);
    }
}
