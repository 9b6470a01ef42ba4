// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.GatewayOption;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.cli.table.OutputOption;
import nat64.gateway.cli.table.ShortDuration;
import nat64.gateway.cli.table.TableOptions;
import nat64.gateway.cli.table.TextTable;
import nat64.gateway.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nat64 cache}. */
@Command(
        name = "cache",
        description =
                "Lists what upstream resolvers have answered and the DNS64 keeps, before any synthesis: of a name and"
                        + " all names below it. Exit code 1 if nothing is kept.",
        subcommands = FlushCommand.class,
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {
            "",
            "Examples:",
            "  nat64 cache www.example.org",
            "  nat64 cache --limit 10000 --output json",
            "  nat64 cache flush example.org"
        })
public final class CacheCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A domain name; without it, all names.")
    private @Nullable String name;

    @Option(names = "--limit", paramLabel = "NUMBER", description = "How many at most; default: 100, highest: 10000.")
    private @Nullable String limit;

    @Option(names = "--cursor", paramLabel = "NUMBER", description = "Go on where another list has ended.")
    private @Nullable String cursor;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final GatewayOption gatewayOption = new GatewayOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var parameters = new LinkedHashMap<String, String>();
        TableOptions.put(parameters, "name", name);
        TableOptions.put(parameters, "limit", limit);
        TableOptions.put(parameters, "cursor", cursor);
        var gateway = gatewayOption.gateway();
        var answer = gateway.query(TableOptions.target("/api/v1/cache", parameters), spec);
        var out = spec.commandLine().getOut();
        var tree = Json.parse(answer);
        if (output.isJson()) {
            out.print(answer);
        } else {
            var table = new TextTable("NAME", "TYPE", "KIND", "EXPIRES IN", "RECORDS");
            tree.path("entries").forEach(entry -> add(table, entry));
            table.lines().forEach(out::println);
            BindingsCommand.printNext(tree, out);
        }
        out.flush();
        return tree.path("entries").isEmpty() ? ExitCode.PROBLEM : ExitCode.FINE;
    }

    /** A line for each record. */
    private static void add(TextTable table, JsonNode entry) {
        long left = entry.path("seconds_left").asLong();
        var expires = left < 0 ? "stale" : ShortDuration.of(left);
        var first = entry.path("records").path(0).asText();
        table.add(
                entry.path("name").asText(),
                entry.path("type").asText(),
                entry.path("kind").asText(),
                expires,
                first);
        for (int i = 1; i < entry.path("records").size(); i++) {
            table.add("", "", "", "", entry.path("records").path(i).asText());
        }
    }
}
