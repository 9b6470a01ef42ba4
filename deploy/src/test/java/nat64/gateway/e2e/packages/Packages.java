// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nat64.gateway.system.Commands;

/** Packages of the program that these tests are part of. */
final class Packages {

    /** The jars of the program. */
    static final Path LIBRARIES = Path.of(System.getenv("NAT64_LIB"));

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Packages() {}

    /** Runs a script of deploy/package, which makes a file in a folder, and prints its name last. */
    static Path make(String script, Path folder) throws Exception {
        var line = List.of("env", "NAT64_DIST=" + LIBRARIES.getParent(), "package/" + script, folder.toString());
        var result = Commands.attempt(line, PATIENCE);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return Path.of(result.output().lines().toList().getLast());
    }
}
