// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.GatewayOption;
import nat64.gateway.cli.common.RunningGateway;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.cli.table.OutputOption;
import nat64.gateway.cli.table.TableOptions;
import nat64.gateway.cli.table.TextTable;
import nat64.gateway.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nat64 pool4}. */
@Command(
        name = "pool4",
        description = {
            "Lists the pool4 addresses of the gateway that runs on this host, and of each protocol the ports that"
                    + " bindings have, that are held after a binding has ended, and that are free; with"
                    + " translator.port-blocks also the blocks of ports.",
            "Its commands drain addresses until a reload, or the end of the gateway."
        },
        subcommands = {Pool4Command.Drain.class, Pool4Command.Undrain.class},
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {"", "Examples:", "  nat64 pool4", "  nat64 pool4 --output json", "  nat64 pool4 drain 198.51.100.7"})
public final class Pool4Command implements Callable<Integer> {

    private static final List<String> PROTOCOLS = List.of("tcp", "udp", "icmp");

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final GatewayOption gatewayOption = new GatewayOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var addresses = all(gatewayOption.gateway());
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

    /** {@code nat64 pool4 drain}. */
    @Command(
            name = "drain",
            description =
                    "Has no new binding use an address of pool4, or those of a prefix; bindings that are there go on,"
                            + " static ones too. nat64 pool4 counts those that are left. A reload ends it, as does"
                            + " nat64 pool4 undrain.",
            mixinStandardHelpOptions = true,
            versionProvider = ThisVersion.class,
            footer = {"", "Examples:", "  nat64 pool4 drain 198.51.100.7", "  nat64 pool4 drain 198.51.100.0/28"})
    static final class Drain implements Callable<Integer> {

        @Parameters(paramLabel = "ADDRESS[/LENGTH]", description = "An address of pool4, or a prefix.")
        private String prefix = "";

        @Option(
                names = "--force",
                description = "Also if no address is left. No client can open a session then, so the gateway is not"
                        + " ready.")
        private boolean force;

        @Mixin
        private final GatewayOption gatewayOption = new GatewayOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("prefix", prefix);
            if (force) {
                parameters.put("force", "true");
            }
            return gatewayOption.gateway().post(TableOptions.target("/api/v1/pool4/drain", parameters), spec);
        }
    }

    /** {@code nat64 pool4 undrain}. */
    @Command(
            name = "undrain",
            description = "Has new bindings use an address of pool4 again, or all that are drained of a prefix.",
            mixinStandardHelpOptions = true,
            versionProvider = ThisVersion.class,
            footer = {"", "Examples:", "  nat64 pool4 undrain 198.51.100.7", "  nat64 pool4 undrain 0.0.0.0/0"})
    static final class Undrain implements Callable<Integer> {

        @Parameters(paramLabel = "ADDRESS[/LENGTH]", description = "A drained address, or a prefix.")
        private String prefix = "";

        @Mixin
        private final GatewayOption gatewayOption = new GatewayOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            return gatewayOption
                    .gateway()
                    .post(TableOptions.target("/api/v1/pool4/undrain", Map.of("prefix", prefix)), spec);
        }
    }
}
