// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.live;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.GatewayOption;
import nat64.gateway.cli.common.ThisVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nat64 flush NAME...}. */
@Command(
        name = "flush",
        description = "Removes names, and all names below them, from the caches of the DNS64 that runs on this host.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {"", "Examples:", "  nat64 flush www.example.org", "  nat64 flush ."})
public final class FlushCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "A domain name; . means all names.")
    private List<String> names = List.of();

    @Mixin
    private final GatewayOption gatewayOption = new GatewayOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var admin = gatewayOption.gateway();
        for (var name : names) {
            int code = admin.post("/api/v1/flush?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8), spec);
            if (code != ExitCode.FINE) {
                return code;
            }
        }
        return ExitCode.FINE;
    }
}
