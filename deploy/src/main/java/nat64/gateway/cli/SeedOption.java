// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import picocli.CommandLine.Option;

/** The option {@code --seed}: a run in memory is the same each time. */
final class SeedOption {

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Chooses the ports and identifications that a gateway takes at random; the same number, the"
                    + " same packets. Default: 1.")
    private long seed;

    long seed() {
        return seed;
    }
}
