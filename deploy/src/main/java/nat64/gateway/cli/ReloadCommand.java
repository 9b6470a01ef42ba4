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
        description = "Has the gateway that runs on this host take its configuration anew, as a whole or not at all:"
                + " upstreams, domains, views and all else of dns64 that needs no new sockets. Sessions, connections and"
                + " caches stay. Exit code 1 if it can't be taken over, or 2 if it is wrong; the gateway goes on as before"
                + " then.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.ThisVersion.class)
final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        return new AdminClient(configOption.load().config().admin()).post("/api/v1/reload", spec);
    }
}
