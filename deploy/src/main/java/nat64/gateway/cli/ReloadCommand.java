// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.GatewayOption;
import nat64.gateway.cli.common.ThisVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nat64 reload}. */
@Command(
        name = "reload",
        description =
                "Makes the gateway that runs on this host read its configuration again, and use it as a whole or not"
                        + " at all. Prints what has changed. Sessions, connections and caches stay. Exit code 1 if the gateway refuses"
                        + " it, for example because a change needs a restart, or 2 if it is wrong; the gateway then keeps running as"
                        + " before.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class)
final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private final GatewayOption gatewayOption = new GatewayOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        int code = gatewayOption.gateway().post("/api/v1/reload", spec);
        return code == ExitCode.PROBLEM && gatewayOption.isConfigWrong() ? ExitCode.WRONG_USE : code;
    }
}
