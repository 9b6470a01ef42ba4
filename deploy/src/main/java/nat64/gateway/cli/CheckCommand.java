// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.auto.NamedFiles;
import nat64.gateway.cli.common.ConfigOption;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.RunningGateway;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.config.ConfigChanges;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.ConfigSummary;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.JsonSchema;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.file.KeyChange;
import nat64.gateway.preflight.Finding;
import nat64.gateway.preflight.Preflight;
import nat64.gateway.system.HostException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nat64 check}. */
@Command(
        name = "check",
        description = "Shows what is wrong or dangerous in a configuration, and what the gateway would do with it."
                + " Changes nothing. Exit code 2 if it is wrong; warnings alone are 0.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class)
final class CheckCommand implements Callable<Integer> {

    private static final String RUNNING = "running";

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Option(
            names = "--diff",
            arity = "0..1",
            fallbackValue = RUNNING,
            paramLabel = "OTHER",
            description =
                    "Shows what a reload would change, and what needs a restart, compared with the gateway that runs on"
                            + " this host, or with the file OTHER. Exit code 1 if something needs a restart.")
    private @Nullable String other;

    @Option(names = "--all", description = "With --diff: shows every item that is added or removed, however many.")
    private boolean all;

    @Option(names = "--schema", description = "Prints the JSON Schema of the configuration file, and checks nothing.")
    private boolean schema;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (schema) {
            print(List.of(JsonSchema.text().stripTrailing()));
            return ExitCode.FINE;
        }
        var loaded = configOption.load();
        NamedFiles.require(loaded);
        var err = spec.commandLine().getErr();
        loaded.warnings().forEach(warning -> err.println("warning: " + warning));
        err.flush();
        if (other != null) {
            return compare(other(other, loaded), loaded);
        }
        print(List.of(loaded.source() + ": fine. The gateway would:"));
        print(ConfigSummary.of(HostDefaults.resolveTables(loaded.config())).stream()
                .map(line -> "  " + line)
                .toList());
        explainAuto(loaded.config());
        showFindings(loaded.config());
        return ExitCode.FINE;
    }

    /** Findings do not change the exit code: the file may be meant for another host. */
    private void showFindings(GatewayConfig config) throws HostException {
        boolean isRunning = new RunningGateway(config.admin()).isThere();
        var lines = Preflight.of(config, HostDefaults.resolveTranslator(config), isRunning).stream()
                .flatMap(finding -> switch (finding) {
                    case Finding.Ok _ -> Stream.<String>of();
                    case Finding.Warning warning -> Stream.of("  warning: " + warning.line());
                    case Finding.Refused refused -> Stream.of("  refused: " + refused.line());
                })
                .toList();
        print(lines.isEmpty() ? List.of("Nothing on this host is in the way.") : List.of("On this host:"));
        print(lines);
    }

    private void explainAuto(GatewayConfig config) throws HostException {
        var lines = HostDefaults.explain(config);
        if (!lines.isEmpty()) {
            print(List.of("On this host, auto stands for:"));
            print(lines.stream().map(line -> "  " + line).toList());
        }
    }

    private static LoadedConfig other(String other, LoadedConfig loaded) throws IOException, InterruptedException {
        return other.equals(RUNNING)
                ? ConfigFile.parse(
                        "the running configuration",
                        new RunningGateway(loaded.config().admin()).get("/api/v1/config"))
                : ConfigFile.load(Path.of(other));
    }

    private int compare(LoadedConfig running, LoadedConfig loaded) {
        var changes = ConfigChanges.between(running, loaded);
        if (changes.reloadable().isEmpty() && changes.needingRestart().isEmpty()) {
            print(List.of(loaded.source() + ": fine. It has the same values as " + running.source() + "."));
            return ExitCode.FINE;
        }
        print(List.of(loaded.source() + ": fine. Compared with " + running.source() + ":"));
        print("A reload changes:", changes.reloadable());
        print("These changes need a restart:", changes.needingRestart());
        return changes.needingRestart().isEmpty() ? ExitCode.FINE : ExitCode.PROBLEM;
    }

    private void print(String heading, List<KeyChange> changes) {
        if (!changes.isEmpty()) {
            print(List.of(heading));
            print(changes.stream()
                    .flatMap(change -> (all ? change.lines(Integer.MAX_VALUE) : change.lines()).stream())
                    .map(line -> "  " + line)
                    .toList());
        }
    }

    private void print(List<String> lines) {
        var out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }
}
