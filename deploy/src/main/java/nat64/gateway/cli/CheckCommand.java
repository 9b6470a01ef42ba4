// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.util.concurrent.Callable;
import nat64.gateway.config.ConfigSummary;
import nat64.gateway.config.LoadedConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nat64 check}. */
@Command(
        name = "check",
        description = "Tells what is wrong or dangerous in a configuration, and what the gateway would do with it."
                + " Changes nothing. Exit code 2 if it is wrong; warnings alone are 0.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.ThisVersion.class)
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        LoadedConfig loaded = configOption.load();
        var err = spec.commandLine().getErr();
        loaded.warnings().forEach(warning -> err.println("warning: " + warning));
        err.flush();
        var out = spec.commandLine().getOut();
        out.println(loaded.source() + ": fine. The gateway would:");
        ConfigSummary.of(loaded.config()).forEach(line -> out.println("  " + line));
        out.flush();
        return ExitCode.FINE;
    }
}
