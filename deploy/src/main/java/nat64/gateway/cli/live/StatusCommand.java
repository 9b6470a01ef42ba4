// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.GatewayOption;
import nat64.gateway.cli.common.RunningGateway;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.cli.status.Rates;
import nat64.gateway.cli.status.StatusText;
import nat64.gateway.cli.table.OutputOption;
import nat64.gateway.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nat64 status}. */
@Command(
        name = "status",
        description =
                "Tells how the gateway on this host is: whether it serves its clients and if not, why; what it does"
                        + " at the moment (it looks twice, a second apart); how full tables and pool4 are; its upstreams. Exit code"
                        + " 1 if it is not ready, or does not run.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {"", "Examples:", "  nat64 status", "  nat64 status --output json"})
public final class StatusCommand implements Callable<Integer> {

    private static final long BETWEEN_LOOKS_MILLIS = 1000;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final GatewayOption gatewayOption = new GatewayOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var gateway = gatewayOption.gateway();
        var health = Json.parse(gateway.query("/api/v1/status", spec));
        long start = System.nanoTime();
        var before = Json.parse(gateway.get("/api/v1/stats"));
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
        var now = Json.parse(gateway.get("/api/v1/stats"));
        double seconds = (System.nanoTime() - start) / 1e9;
        var pool4 = now.has("translator") && hasSessions(now) ? pool4(gateway) : Json.parse("[]");
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            var all = new LinkedHashMap<String, Object>();
            all.put("health", health);
            all.put("statistics", now);
            all.put("pool4", pool4);
            out.println(Json.of(all));
        } else {
            new StatusText(health, new Rates(before, now, seconds), pool4)
                    .lines()
                    .forEach(out::println);
        }
        out.flush();
        return health.path("ready").asBoolean() ? ExitCode.FINE : ExitCode.PROBLEM;
    }

    /** A stateless translator has no tables. */
    private static boolean hasSessions(JsonNode statistics) {
        return !statistics.path("translator").path("tables").isEmpty();
    }

    private JsonNode pool4(RunningGateway gateway) throws Exception {
        return Json.parse(gateway.query("/api/v1/pool4", spec)).path("pool4");
    }
}
