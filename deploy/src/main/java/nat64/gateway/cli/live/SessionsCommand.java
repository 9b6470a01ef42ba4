// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.GatewayOption;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.cli.table.LiveScreen;
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
import picocli.CommandLine.Spec;

/** {@code nat64 sessions}. */
@Command(
        name = "sessions",
        description =
                "Lists sessions of the gateway that runs on this host: which client communicates with which IPv4 host, as which"
                        + " address and port of pool4, since when, and until when if no packet comes.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {
            "",
            "Examples:",
            "  nat64 sessions",
            "  nat64 sessions 2001:db8::/64 --protocol tcp --state established",
            "  nat64 sessions 192.0.2.33 --port 443 --output json",
            "  nat64 sessions --sort age --limit 20",
            "  nat64 sessions 2001:db8::7 --watch"
        })
public final class SessionsCommand implements Callable<Integer> {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    @Mixin
    private final TableOptions options = new TableOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description =
                    "Only in this TCP state: v4_init, v6_init, established, v4_fin_rcv, v6_fin_rcv, v4_v6_fin_rcv or"
                            + " trans.")
    private @Nullable String state;

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            description = "age (the oldest first), newest or expires: those that come first.")
    private @Nullable String sort;

    @Option(names = "--watch", description = "List them every two seconds, until q or Ctrl-C.")
    private boolean watch;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final GatewayOption gatewayOption = new GatewayOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var gateway = gatewayOption.gateway();
        var parameters = options.parameters();
        TableOptions.put(parameters, "state", state);
        TableOptions.put(parameters, "sort", sort);
        var target = TableOptions.target("/api/v1/sessions", parameters);
        var out = spec.commandLine().getOut();
        if (!watch) {
            print(gateway.query(target, spec), out);
            return ExitCode.FINE;
        }
        try (var terminal = LiveScreen.open(out)) {
            do {
                terminal.show(lines(gateway.query(target, spec)));
            } while (terminal.await(BETWEEN_LOOKS));
        }
        return ExitCode.FINE;
    }

    private List<String> lines(String answer) {
        var text = new StringWriter();
        print(answer, new PrintWriter(text));
        return text.toString().lines().toList();
    }

    private void print(String answer, PrintWriter out) {
        if (output.isJson()) {
            out.print(answer);
        } else {
            var tree = Json.parse(answer);
            table(tree.path("sessions")).lines().forEach(out::println);
            BindingsCommand.printNext(tree, out);
        }
        out.flush();
    }

    private static TextTable table(JsonNode sessions) {
        var table = new TextTable("PROTOCOL", "CLIENT", "POOL4", "REMOTE", "STATE", "OPENED BY", "AGE", "EXPIRES IN");
        for (var session : sessions) {
            boolean answered = session.path("answered").asBoolean();
            table.add(
                    session.path("protocol").asText(),
                    BindingsCommand.client(session),
                    BindingsCommand.pool4(session),
                    session.path("remote").asText()
                            + (session.has("remote_port")
                                    ? ":" + session.path("remote_port").asInt()
                                    : ""),
                    session.has("state") ? session.path("state").asText() : answered ? "answered" : "unanswered",
                    session.path("opened_by").asText(),
                    ShortDuration.of(session.path("age_seconds").asLong()),
                    ShortDuration.of(session.path("expires_in_seconds").asLong()));
        }
        return table;
    }
}
