// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.GatewayOption;
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

/** {@code nat64 bindings}. */
@Command(
        name = "bindings",
        description = {
            "Lists bindings (the BIB) of the gateway that runs on this host: which address and port of pool4 stands for"
                    + " which address and port of a client.",
            "Its commands change static bindings until the gateway ends, or with --save also in"
                    + " translator.static-bindings-file."
        },
        subcommands = {BindingsCommand.Add.class, BindingsCommand.Remove.class, BindingsCommand.Changes.class},
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {
            "",
            "Examples:",
            "  nat64 bindings",
            "  nat64 bindings 2001:db8::7",
            "  nat64 bindings 198.51.100.7 --port 50321 --protocol udp",
            "  nat64 bindings add tcp 198.51.100.7:443 [2001:db8::80]:443",
            "  nat64 bindings remove tcp 198.51.100.7:443"
        })
public final class BindingsCommand implements Callable<Integer> {

    @Mixin
    private final TableOptions options = new TableOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final GatewayOption gatewayOption = new GatewayOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var gateway = gatewayOption.gateway();
        var answer = gateway.query(TableOptions.target("/api/v1/bindings", options.parameters()), spec);
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.print(answer);
        } else {
            var tree = Json.parse(answer);
            var table = new TextTable("PROTOCOL", "CLIENT", "POOL4", "SESSIONS", "KIND");
            for (var binding : tree.path("bindings")) {
                table.add(
                        binding.path("protocol").asText(),
                        client(binding),
                        pool4(binding),
                        binding.path("sessions").asText(),
                        binding.path("static").asBoolean() ? "static" : "dynamic");
            }
            table.lines().forEach(out::println);
            printNext(tree, out);
        }
        out.flush();
        return ExitCode.FINE;
    }

    static String client(JsonNode row) {
        return "[%s]:%d"
                .formatted(row.path("client").asText(), row.path("client_port").asInt());
    }

    static String pool4(JsonNode row) {
        return "%s:%d"
                .formatted(row.path("pool4").asText(), row.path("pool4_port").asInt());
    }

    /** How the rest is listed, if there is more. */
    static void printNext(JsonNode answer, PrintWriter out) {
        if (answer.has("next")) {
            out.println("(more: --cursor " + answer.path("next").asText() + ")");
        }
    }

    /** {@code nat64 bindings add}. */
    @Command(
            name = "add",
            description =
                    "Adds a static binding: IPv4 hosts reach the server at an address and port of pool4. It can be used"
                            + " at once. Where a client has a binding at one of the two, the client's sessions end.",
            mixinStandardHelpOptions = true,
            versionProvider = ThisVersion.class,
            footer = {
                "",
                "Examples:",
                "  nat64 bindings add tcp 198.51.100.7:443 [2001:db8::80]:443",
                "  nat64 bindings add tcp 198.51.100.7:443 [2001:db8::80]:443 --save"
            })
    static final class Add implements Callable<Integer> {

        @Mixin
        private final Place place = new Place();

        @Parameters(index = "2", paramLabel = "SERVER", description = "IPv6 address and port of the server.")
        private String server = "";

        @Mixin
        private final GatewayOption gatewayOption = new GatewayOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            var parameters = place.parameters();
            parameters.put("ipv6", server);
            return change("/api/v1/bindings/add", parameters, gatewayOption, spec);
        }
    }

    /** {@code nat64 bindings remove}. */
    @Command(
            name = "remove",
            description = "Removes a static binding. Its sessions go on until they end.",
            mixinStandardHelpOptions = true,
            versionProvider = ThisVersion.class,
            footer = {
                "",
                "Examples:",
                "  nat64 bindings remove tcp 198.51.100.7:443",
                "  nat64 bindings remove tcp 198.51.100.7:443 --save"
            })
    static final class Remove implements Callable<Integer> {

        @Mixin
        private final Place place = new Place();

        @Mixin
        private final GatewayOption gatewayOption = new GatewayOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            return change("/api/v1/bindings/remove", place.parameters(), gatewayOption, spec);
        }
    }

    /** {@code nat64 bindings changes}. */
    @Command(
            name = "changes",
            description =
                    "Lists static bindings that were added (+) or removed (-) while the gateway runs: how it differs"
                            + " from the configuration file. Exit code 1 if there are any.",
            mixinStandardHelpOptions = true,
            versionProvider = ThisVersion.class,
            footer = {"", "Example:", "  nat64 bindings changes"})
    static final class Changes implements Callable<Integer> {

        @Mixin
        private final OutputOption output = new OutputOption();

        @Mixin
        private final GatewayOption gatewayOption = new GatewayOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            var gateway = gatewayOption.gateway();
            var answer = gateway.query("/api/v1/bindings/changes", spec);
            var changes = Json.parse(answer);
            var out = spec.commandLine().getOut();
            if (output.isJson()) {
                out.print(answer);
            } else {
                changes.path("added").forEach(binding -> out.println("+ " + binding.asText()));
                changes.path("removed").forEach(binding -> out.println("- " + binding.asText()));
            }
            out.flush();
            return changes.path("added").isEmpty() && changes.path("removed").isEmpty()
                    ? ExitCode.FINE
                    : ExitCode.PROBLEM;
        }
    }

    /** Which static binding, and for how long: what two commands share. */
    static final class Place {

        @Parameters(index = "0", paramLabel = "PROTOCOL", description = "tcp, udp or icmp.")
        private String protocol = "";

        @Parameters(
                index = "1",
                paramLabel = "ADDRESS:PORT",
                description = "An address of pool4, or auto for the first one, and a port or an ICMP identifier.")
        private String outside = "";

        @Option(
                names = "--save",
                description = "Also in the file that translator.static-bindings-file names, a CSV table that the"
                        + " gateway's user may write, so that it outlives the gateway.")
        private boolean save;

        Map<String, String> parameters() {
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("protocol", protocol);
            parameters.put("ipv4", outside);
            if (save) {
                parameters.put("save", "true");
            }
            return parameters;
        }
    }

    private static int change(
            String path, Map<String, String> parameters, GatewayOption gatewayOption, CommandSpec spec)
            throws Exception {
        var gateway = gatewayOption.gateway();
        return gateway.post(TableOptions.target(path, parameters), spec);
    }
}
