// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nat64 explain ADDRESS}. */
@Command(
        name = "explain",
        description = "Tells what an IPv6 or IPv4 address is, what this gateway does with it, and which address to use"
                + " instead where it cannot work.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.ThisVersion.class,
        footer = {
            "",
            "Examples:",
            "  nat64 explain 64:ff9b::8.8.8.8",
            "  nat64 explain ::ffff:192.0.2.1",
            "  nat64 explain 8.8.8.8"
        })
final class ExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ADDRESS", description = "An IPv6 or IPv4 address, not a name.")
    private String address = "";

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var config = configOption.load().config();
        try {
            var out = spec.commandLine().getOut();
            new AddressExplanation(config).explain(address).forEach(out::println);
            out.flush();
            return ExitCode.FINE;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), e.getMessage() + "; write an address such as 64:ff9b::8.8.8.8 or 192.0.2.1", e);
        }
    }
}
