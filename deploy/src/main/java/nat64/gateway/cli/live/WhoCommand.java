// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
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
import nat64.gateway.json.Json;
import nat64.translator.address.Ipv4Address;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nat64 who ADDRESS:PORT [TIME]}. */
@Command(
        name = "who",
        description =
                "Tells which client has an address and port of pool4 now, as other hosts on the Internet have seen"
                        + " them, or which had them at a time, from the log of bindings. With translator.port-blocks, tells the"
                        + " subscriber of the block of ports. Exit code 1 if none has.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {
            "",
            "Examples:",
            "  nat64 who 198.51.100.7:50321",
            "  nat64 who 198.51.100.7:50321 --protocol udp",
            "  nat64 who 198.51.100.7:50321 2026-01-02T03:04:05Z",
            "  nat64 who 198.51.100.7:50321 2026-01-02T03:04:05Z --log bindings.json --log bindings.json.1.gz"
        })
public final class WhoCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "ADDRESS:PORT",
            description = "An address of pool4, and a port or an ICMP identifier.")
    private String place = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TIME",
            description = "A time with its zone (RFC 3339). Without a fraction, the whole second is meant.")
    private @Nullable String time;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "A file of the log of bindings, in JSON lines, or compressed with gzip; several may be given."
                    + " Default: translator.binding-log.json.file.")
    private List<Path> logs = List.of();

    @Option(names = "--protocol", paramLabel = "PROTOCOL", description = "Only of tcp, udp or icmp.")
    private @Nullable String protocol;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final GatewayOption gatewayOption = new GatewayOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        int colon = place.lastIndexOf(':');
        var address = address(colon < 0 ? place : place.substring(0, colon));
        var port = colon < 0 ? "" : place.substring(colon + 1);
        if (time != null) {
            return tellPast(address, port, time);
        }
        if (!logs.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--log needs a TIME, such as 2026-01-02T03:04:05Z; without it, leave it out");
        }
        return tellNow(address, port);
    }

    private int tellPast(String address, String port, String text) throws Exception {
        var files = logs.isEmpty()
                ? gatewayOption.load().config().translator().bindingLog().file().stream()
                        .toList()
                : logs;
        if (files.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a TIME needs the log of bindings: name its files with --log FILE, or set"
                            + " translator.binding-log.json.file");
        }
        return question(address, port, text).answer(files, output.isJson(), spec.commandLine());
    }

    private PastQuestion question(String address, String port, String text) {
        try {
            return PastQuestion.of(address, port, Optional.ofNullable(protocol), text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int tellNow(String address, String port) throws Exception {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("ipv4", address);
        parameters.put("port", port);
        TableOptions.put(parameters, "protocol", protocol);
        var gateway = gatewayOption.gateway();
        var found = find(gateway, parameters, port);
        var blocks = found.isEmpty() ? blocks(gateway, address, port) : List.<JsonNode>of();
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Json.of(Map.of("bindings", found, "blocks", blocks)));
        } else {
            blocks.forEach(block -> out.println("no host has %s, but its block of ports %s-%s is of the subscriber %s"
                    .formatted(
                            place,
                            block.path("first_port").asText(),
                            block.path("last_port").asText(),
                            block.path("subscriber").asText())));
            found.forEach(binding -> out.println("%s %s is %s, with %d sessions"
                    .formatted(
                            binding.path("protocol").asText(),
                            place,
                            BindingsCommand.client(binding),
                            binding.path("sessions").asInt())));
        }
        out.flush();
        boolean isFound = !found.isEmpty() || !blocks.isEmpty();
        if (!isFound) {
            spec.commandLine().getErr().println("nat64: no client has " + place + " now");
        }
        return isFound ? ExitCode.FINE : ExitCode.PROBLEM;
    }

    /** The block of ports that has a port, if a subscriber has it: one at most. */
    private List<JsonNode> blocks(RunningGateway gateway, String address, String port) throws Exception {
        var asked = Map.of("ipv4", address, "port", port);
        var page = Json.parse(gateway.query(TableOptions.target("/api/v1/blocks", asked), spec));
        var found = new ArrayList<JsonNode>();
        page.path("blocks").forEach(found::add);
        return found;
    }

    /** The port of the client may be the same one as that of another client outside. */
    private List<JsonNode> find(RunningGateway gateway, Map<String, String> parameters, String port) throws Exception {
        var found = new ArrayList<JsonNode>();
        var asked = new LinkedHashMap<>(parameters);
        while (true) {
            var page = Json.parse(gateway.query(TableOptions.target("/api/v1/bindings", asked), spec));
            page.path("bindings").forEach(binding -> {
                if (binding.path("pool4_port").asText().equals(port)) {
                    found.add(binding);
                }
            });
            if (!page.has("next")) {
                return found;
            }
            asked.put("cursor", page.path("next").asText());
        }
    }

    private String address(String text) {
        try {
            return Ipv4Address.format(Ipv4Address.parse(text));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'%s' is not an IPv4 address and a port, such as 198.51.100.7:50321".formatted(place),
                    e);
        }
    }
}
