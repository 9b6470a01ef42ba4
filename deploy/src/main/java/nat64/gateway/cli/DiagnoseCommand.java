// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import nat64.gateway.Version;
import nat64.gateway.cli.common.ConfigOption;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.RunningGateway;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.diagnose.Archive;
import nat64.gateway.diagnose.HostFacts;
import nat64.gateway.diagnose.Part;
import nat64.gateway.diagnose.Redaction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nat64 diagnose}. */
@Command(
        name = "diagnose",
        description = {
            "Writes one archive for a bug report: versions, the configuration without secrets, health, counters and metrics"
                    + " of the gateway that runs, the end of its log, what nat64 check says, and the host's addresses,"
                    + " routes, firewall and kernel settings. It holds no session and no binding.",
            "Read it before you send it: it has the addresses of this host, and what the log tells of clients."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {"", "Example:", "  sudo nat64 diagnose --file /tmp/nat64.zip"})
final class DiagnoseCommand implements Callable<Integer> {

    private static final List<String> PAGES = List.of("/readyz", "/livez", "/metrics");
    private static final List<String> DATA = List.of("status", "stats", "pool4", "bindings/changes");

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The archive, a new ZIP file; default: nat64-diagnose-TIME.zip in this directory.")
    private @Nullable Path file;

    @Option(names = "--log", paramLabel = "FILE", description = "A log file to add, where the journal has none.")
    private @Nullable Path log;

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
        var folder = "nat64-diagnose-" + time;
        var archive = file == null ? Path.of(folder + ".zip") : file;
        var parts = new ArrayList<Part>();
        parts.add(new Part("version.txt", DiagnoseCommand::version));
        parts.addAll(ofGateway());
        parts.add(new Part("check.txt", this::check));
        if (log != null) {
            var text = log;
            parts.add(new Part("log.txt", () -> Redaction.of(Files.readString(text))));
        }
        parts.addAll(HostFacts.parts());
        Archive.write(archive, folder, parts);
        var out = spec.commandLine().getOut();
        out.println(archive + ": " + parts.size() + " files. Read it before you send it.");
        out.flush();
        return ExitCode.FINE;
    }

    private List<Part> ofGateway() {
        var parts = new ArrayList<Part>();
        parts.add(new Part("gateway/configuration.yaml", () -> Redaction.of(get("/api/v1/config"))));
        PAGES.forEach(page -> parts.add(new Part("gateway" + page + ".txt", () -> get(page))));
        DATA.forEach(data ->
                parts.add(new Part("gateway/" + data.replace('/', '-') + ".json", () -> get("/api/v1/" + data))));
        parts.add(new Part("file.yaml", () -> Redaction.of(configOption.load().text())));
        return parts;
    }

    /** A gateway that is not ready says so with another status, which is worth knowing as well. */
    private String get(String page) throws Exception {
        return RunningGateway.of(configOption).body(page);
    }

    private String check() {
        var output = new StringWriter();
        var writer = new PrintWriter(output);
        var arguments = new ArrayList<>(List.of("check"));
        configOption.file().ifPresent(path -> arguments.addAll(List.of("--config", path.toString())));
        int code = Nat64Command.commandLine().setOut(writer).setErr(writer).execute(arguments.toArray(String[]::new));
        return output + "exit code " + code + "\n";
    }

    private static String version() {
        return "nat64 %s%njava %s, %s%n%s %s %s%n"
                .formatted(
                        Version.text(),
                        Runtime.version(),
                        System.getProperty("java.vm.name"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"));
    }
}
