// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.GatewayOption;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.cli.table.OutputOption;
import nat64.gateway.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nat64 stats}. */
@Command(
        name = "stats",
        description =
                "Prints the counters of the gateway that runs on this host, one in each line. For monitoring, read"
                        + " /metrics.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {"", "Examples:", "  nat64 stats", "  nat64 stats translator.from_ipv6.dropped --nonzero"})
public final class StatsCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "Only counters whose names begin so.")
    private @Nullable String prefix;

    @Option(names = "--nonzero", description = "Only counters that are not 0.")
    private boolean nonzero;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final GatewayOption gatewayOption = new GatewayOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var answer = gatewayOption.gateway().get("/api/v1/stats");
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.print(answer);
        } else {
            print("", Json.parse(answer), out);
        }
        out.flush();
        return ExitCode.FINE;
    }

    private void print(String path, JsonNode node, PrintWriter out) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> print(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), out));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                print(path + "." + i, node.get(i), out);
            }
        } else if ((prefix == null || path.startsWith(prefix)) && !(nonzero && isZero(node))) {
            out.println(path + " " + node.asText());
        }
    }

    private static boolean isZero(JsonNode node) {
        return node.isNumber() && node.asDouble() == 0;
    }
}
