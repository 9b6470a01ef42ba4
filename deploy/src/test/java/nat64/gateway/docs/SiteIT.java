// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import nat64.gateway.system.Commands;
import org.junit.jupiter.api.Test;

/** The web site is built; docs/site/check.mjs finds links that lead nowhere, and what is loaded from elsewhere. */
class SiteIT {

    /** What docs/site/build ends with where npm can't fetch the generator. */
    private static final int NOT_FETCHED = 3;

    @Test
    void isBuiltWithoutFaults() throws Exception {
        for (var tool : List.of("node", "npm")) {
            assumeTrue(Commands.locate(tool).isPresent(), () -> "missing: " + tool + "; deploy/setup installs it");
        }
        var build = Document.REPOSITORY.resolve("docs/site/build").toString();
        var result = Commands.attempt(List.of(build), Duration.ofMinutes(10));
        assumeTrue(result.exitCode() != NOT_FETCHED, result.output());

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains(" 0 faults");
    }
}
