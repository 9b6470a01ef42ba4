// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nat64 reload}. */
@Command(
        name = "reload",
        description =
                "Makes the gateway that runs on this host reload its configuration, completely or not at all: upstreams,"
                        + " domains, views and every other key of dns64 that needs no new sockets. Sessions, connections and caches"
                        + " are kept. The exit code is 1 if a change needs a restart, and 2 if the file is wrong; the gateway then"
                        + " keeps the old configuration.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.ThisVersion.class)
final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        return new RunningGateway(configOption.load().config().admin()).post("/api/v1/reload", spec);
    }
}
