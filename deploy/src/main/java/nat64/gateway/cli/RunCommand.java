// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ConfigOption;
import nat64.gateway.cli.common.ThisVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nat64 run}, where {@link Run#read} leaves its arguments to picocli. */
@Command(
        name = "run",
        description = "Runs the gateway until SIGTERM or SIGINT, then reverts its changes to the host.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Option(
            names = "--take-over",
            description =
                    "Takes the place of the gateway that runs here, with its sessions: it is asked to end when this"
                            + " one is about to begin.")
    private boolean takeOver;

    @Override
    public Integer call() throws Exception {
        return run().call();
    }

    Run run() {
        return new Run(configOption.file(), takeOver);
    }
}
