// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.cli.common.ConfigOption;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.json.Json;
import nat64.gateway.replay.CaptureReport;
import nat64.gateway.replay.CaptureTranslation;
import nat64.translator.device.capture.CaptureException;
import nat64.translator.device.capture.CaptureReader;
import nat64.translator.translate.NextHopMtus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nat64 translate IN OUT}. */
@Command(
        name = "translate",
        description =
                "Runs the IPv4 and IPv6 packets of a capture through the translator, at the times of their stamps,"
                        + " writes all that the translator would send to another capture, and tells what was dropped and why."
                        + " Touches no network.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {
            "",
            "Example:",
            "  tcpdump -i eth0 -w in.pcap ip or ip6",
            "  nat64 translate in.pcap out.pcap --config nat64.yaml",
            "  tshark -r out.pcap"
        })
final class TranslateCommand implements Callable<Integer> {

    enum Format {
        text,
        json
    }

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "A pcap or pcapng file of Ethernet frames or raw IP packets.")
    private Path input = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "The pcap file to write, of raw IP packets.")
    private Path output = Path.of("");

    @Option(names = "--format", description = "How to report: ${COMPLETION-CANDIDATES}.", defaultValue = "text")
    private Format format = Format.text;

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var settings = HostDefaults.resolveClients(configOption.load().config()).modeSettings(NextHopMtus.UNLIMITED);
        try (var reader = open()) {
            try (var translation = CaptureTranslation.of(reader, output, settings, seed.seed())) {
                return run(translation, reader);
            }
        }
    }

    private int run(CaptureTranslation translation, CaptureReader reader) throws IOException {
        int exitCode = ExitCode.FINE;
        try {
            translation.run(reader);
        } catch (CaptureException e) {
            spec.commandLine().getErr().println("nat64: " + e.getMessage());
            spec.commandLine().getErr().flush();
            exitCode = ExitCode.PROBLEM;
        }
        report(translation.report());
        return exitCode;
    }

    private void report(CaptureReport report) {
        var out = spec.commandLine().getOut();
        switch (format) {
            case text -> report.lines().forEach(out::println);
            case json -> out.println(Json.of(report));
        }
        out.flush();
    }

    private CaptureReader open() throws IOException {
        if (!Files.isReadable(input)) {
            throw new ParameterException(spec.commandLine(), input + ": no such file, or not readable");
        }
        if (Files.exists(output) && Files.isSameFile(input, output)) {
            throw new ParameterException(
                    spec.commandLine(), output + " would overwrite the capture that is read; choose another file");
        }
        try {
            return CaptureReader.open(input);
        } catch (CaptureException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
