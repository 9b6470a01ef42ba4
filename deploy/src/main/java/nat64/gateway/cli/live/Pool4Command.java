// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ConfigOption;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.RunningGateway;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.cli.table.OutputOption;
import nat64.gateway.cli.table.TableOptions;
import nat64.gateway.cli.table.TextTable;
import nat64.gateway.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nat64 pool4}. */
@Command(
        name = "pool4",
        description =
                "Lists the pool4 addresses of the gateway that runs on this host, and of each protocol the ports that"
                        + " bindings have, that are held after a binding has ended, and that are free; with"
                        + " translator.port-blocks also the blocks of ports.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {"", "Examples:", "  nat64 pool4", "  nat64 pool4 --output json"})
public final class Pool4Command implements Callable<Integer> {

    private static final List<String> PROTOCOLS = List.of("tcp", "udp", "icmp");

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var addresses = all(RunningGateway.of(configOption));
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Json.of(Map.of("pool4", addresses)));
        } else {
            var table = new TextTable("ADDRESS", "PROTOCOL", "BOUND", "HELD", "FREE", "OFFERED");
            addresses.forEach(address -> PROTOCOLS.forEach(protocol -> add(table, address, protocol)));
            table.lines().forEach(out::println);
            blocks(addresses).ifPresent(blocks -> {
                out.println();
                blocks.lines().forEach(out::println);
            });
        }
        out.flush();
        return ExitCode.FINE;
    }

    private List<JsonNode> all(RunningGateway gateway) throws Exception {
        var addresses = new ArrayList<JsonNode>();
        var parameters = Map.of("limit", "1000");
        while (true) {
            var page = Json.parse(gateway.query(TableOptions.target("/api/v1/pool4", parameters), spec));
            page.path("pool4").forEach(addresses::add);
            if (!page.has("next")) {
                return addresses;
            }
            parameters = Map.of("limit", "1000", "cursor", page.path("next").asText());
        }
    }

    /** Of each address, if subscribers have their ports in blocks. */
    private static Optional<TextTable> blocks(List<JsonNode> addresses) {
        if (addresses.stream().noneMatch(address -> address.has("blocks"))) {
            return Optional.empty();
        }
        var table = new TextTable("ADDRESS", "BLOCKS USED", "HELD", "FREE");
        for (var address : addresses) {
            var blocks = address.path("blocks");
            table.add(
                    address.path("address").asText(),
                    blocks.path("used").asText(),
                    blocks.path("held").asText(),
                    blocks.path("free").asText());
        }
        return Optional.of(table);
    }

    private static void add(TextTable table, JsonNode address, String protocol) {
        var ports = address.path(protocol);
        table.add(
                address.path("address").asText(),
                protocol,
                ports.path("bound").asText(),
                ports.path("held").asText(),
                ports.path("free").asText(),
                address.path("draining").asBoolean()
                        ? "draining"
                        : address.path("offered").asText());
    }
}
