// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.GatewayOption;
import nat64.gateway.cli.common.RunningGateway;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.cli.status.Rates;
import nat64.gateway.cli.status.TopScreen;
import nat64.gateway.cli.table.LiveScreen;
import nat64.gateway.cli.table.TableOptions;
import nat64.gateway.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nat64 top}. */
@Command(
        name = "top",
        description =
                "Shows what the gateway on this host does, until q or Ctrl-C: traffic, sessions, the fullest pool4 addresses,"
                        + " the subscribers with the most sessions, the most frequent drops, DNS. Fits a terminal of 80x24.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {"", "Examples:", "  nat64 top", "  nat64 top --interval 10", "  nat64 top --once"})
public final class TopCommand implements Callable<Integer> {

    private static final int MOST_PAGES = 10;

    @Option(names = "--interval", paramLabel = "SECONDS", description = "Between two looks; default: 2.")
    private int interval = 2;

    @Option(names = "--once", description = "Shows one interval, and ends.")
    private boolean once;

    @Mixin
    private final GatewayOption gatewayOption = new GatewayOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var gateway = gatewayOption.gateway();
        var period = Duration.ofSeconds(Math.max(1, interval));
        long start = System.nanoTime();
        var before = Json.parse(gateway.get("/api/v1/stats"));
        var out = spec.commandLine().getOut();
        try (var terminal = once ? LiveScreen.lines(out) : LiveScreen.open(out)) {
            while (terminal.await(period)) {
                long now = System.nanoTime();
                var statistics = Json.parse(gateway.get("/api/v1/stats"));
                terminal.show(screen(gateway, new Rates(before, statistics, (now - start) / 1e9))
                        .lines());
                before = statistics;
                start = now;
                if (once) {
                    break;
                }
            }
        }
        return ExitCode.FINE;
    }

    private TopScreen screen(RunningGateway gateway, Rates rates) throws Exception {
        boolean hasTables = !rates.now().at("/translator/tables").isEmpty();
        return new TopScreen(
                Json.parse(gateway.query("/api/v1/status", spec)),
                rates,
                hasTables ? all(gateway, "pool4") : List.of(),
                hasTables ? all(gateway, "subscribers") : List.of());
    }

    /** Some thousand rows at most. */
    private List<JsonNode> all(RunningGateway gateway, String name) throws Exception {
        var rows = new ArrayList<JsonNode>();
        var parameters = Map.of("limit", "1000");
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            var page = Json.parse(gateway.query(TableOptions.target("/api/v1/" + name, parameters), spec));
            page.path(name).forEach(rows::add);
            if (!page.has("next")) {
                break;
            }
            parameters = Map.of("limit", "1000", "cursor", page.path("next").asText());
        }
        return rows;
    }
}
