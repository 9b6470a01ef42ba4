// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import nat64.gateway.Version;
import nat64.gateway.cli.common.ConfigOption;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.RunningGateway;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.cli.table.OutputOption;
import nat64.gateway.doctor.Check;
import nat64.gateway.doctor.Report;
import nat64.gateway.doctor.ReportText;
import nat64.gateway.doctor.client.ClientChecks;
import nat64.gateway.doctor.client.ClientOptions;
import nat64.gateway.doctor.client.Target;
import nat64.gateway.doctor.gateway.GatewayChecks;
import nat64.gateway.doctor.network.ThisClient;
import nat64.gateway.json.Json;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Pref64;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nat64 doctor}. */
@Command(
        name = "doctor",
        description =
                "Finds out what does not work, and says what to do: of the gateway on this host, or with --client of"
                        + " the way from this host through a gateway elsewhere, which needs no configuration and no root. Changes"
                        + " nothing. Exit code 1 if something does not work; warnings alone are 0.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {
            "",
            "Examples:",
            "  sudo nat64 doctor",
            "  nat64 doctor --client",
            "  nat64 doctor --client --target ipv4.example.org:80 --output json"
        })
final class DoctorCommand implements Callable<Integer> {

    private static final String NO_COLOR = "NO_COLOR"; // https://no-color.org

    @Option(names = "--client", description = "This host is a client of a gateway elsewhere.")
    private boolean client;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "With --client: a name with A records only; default: the host of --target if that is a name, else"
                            + " ipv4only.arpa.")
    private @Nullable String name;

    @Option(
            names = "--target",
            paramLabel = "HOST[:PORT]",
            description =
                    "With --client: an IPv4 address, or a name with A records, to ping and to connect to through the"
                            + " NAT64; default: " + ClientOptions.PUBLIC_RESOLVER
                            + ", a public resolver. Default port: 443.")
    private @Nullable String target;

    @Option(
            names = "--resolver",
            paramLabel = "ADDRESS",
            description = "With --client: the IPv4 address of a DNS server that is asked through the NAT64, to try UDP;"
                    + " default: " + ClientOptions.PUBLIC_RESOLVER + ".")
    private @Nullable String resolver;

    @Option(
            names = "--pref64",
            paramLabel = "PREFIX",
            description = "With --client: the Pref64 to send to; default: the one that is found by DNS (RFC 7050).")
    private @Nullable String pref64;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var text = new ReportText(OutputOption.isTerminal() && System.getenv(NO_COLOR) == null);
        var report = Report.of(checks(), entry -> {
            if (!output.isJson()) {
                text.lines(entry).forEach(out::println);
                out.flush();
            }
        });
        out.println(output.isJson() ? Json.of(report.json()) : report.summary());
        out.flush();
        return report.hasProblem() ? ExitCode.PROBLEM : ExitCode.FINE;
    }

    private List<Check> checks() {
        if (client) {
            return ClientChecks.of(new ThisClient(), options());
        }
        if (name != null || target != null || resolver != null || pref64 != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--name, --target, --resolver and --pref64 are for --client");
        }
        return GatewayChecks.of(
                configOption::load, config -> path -> get(new RunningGateway(config), path), Version.text());
    }

    private static String get(RunningGateway gateway, String path) throws IOException {
        if (!gateway.isThere()) {
            throw new IOException("no gateway answers where this configuration has its admin server");
        }
        try {
            return gateway.get(path);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private ClientOptions options() {
        try {
            var server = Target.parse(target == null ? ClientOptions.PUBLIC_RESOLVER : target);
            var asked = Optional.ofNullable(name)
                    .or(() -> Optional.of(server.host()).filter(_ -> !server.isLiteral()))
                    .orElse(ClientOptions.WELL_KNOWN_NAME);
            return new ClientOptions(
                    asked,
                    server,
                    Ipv4Address.parse(resolver == null ? ClientOptions.PUBLIC_RESOLVER : resolver),
                    Optional.ofNullable(pref64).map(Pref64::parse));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
