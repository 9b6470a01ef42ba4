// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.cli.common.ConfigOption;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.explain.AddressExplanation;
import nat64.gateway.explain.NameExplanation;
import nat64.gateway.explain.Subject;
import nat64.gateway.json.Json;
import nat64.gateway.log.Logging;
import nat64.gateway.replay.Explainer;
import nat64.gateway.replay.Explanation;
import nat64.gateway.replay.PacketText;
import nat64.gateway.system.HostException;
import nat64.translator.device.capture.CaptureException;
import nat64.translator.device.capture.CaptureReader;
import nat64.translator.translate.NextHopMtus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nat64 explain ADDRESS}, {@code nat64 explain NAME} and {@code nat64 explain PACKET}. */
@Command(
        name = "explain",
        description = {
            "Of an address: tells what it is, what this gateway does with it, and which address to use instead where it"
                    + " cannot work.",
            "Of a name: asks the upstreams about it as the DNS64 would, and tells each step, the answer to that client, the"
                    + " rule behind it and the counter that it moves. Caches are not looked at.",
            "Of a packet, in words or in a capture: runs it through the translator in memory, and tells each step, the"
                    + " verdict, the rule behind it and the counter that it moves. Touches no network."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        footer = {
            "",
            "Examples:",
            "  nat64 explain 64:ff9b::8.8.8.8",
            "  nat64 explain ::ffff:192.0.2.1",
            "  nat64 explain www.example.org --client 2001:db8::5",
            "  nat64 explain 'tcp [2001:db8::1]:4000 -> [64:ff9b::8.8.8.8]:443 syn ttl=64 length=60'",
            "  nat64 explain 'udp 8.8.8.8:53 -> 100.64.64.1:4000 df'",
            "  nat64 explain 'icmp 2001:db8::1 -> 64:ff9b::8.8.8.8 id=7'",
            "  nat64 explain --capture in.pcap --frame 12"
        })
final class ExplainCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "ADDRESS|NAME|PACKET",
            description =
                    "An IPv6 or IPv4 address; a domain name; or a packet: protocol, source, ->, destination, options."
                            + " Put a packet in quotes.")
    private List<String> words = List.of();

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "A pcap file that is run first, so that the tables are as they were.")
    private @Nullable Path capture;

    @Option(
            names = "--frame",
            paramLabel = "NUMBER",
            description = "The frame of the capture to explain; only those before it are run.")
    private @Nullable Integer frame;

    @Option(names = "--type", paramLabel = "TYPE", description = "What is asked about a name; default: AAAA.")
    private String type = "AAAA";

    @Option(names = "--client", paramLabel = "ADDRESS", description = "Who asks about a name; default: ::1.")
    private String client = "::1";

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var text = String.join(" ", words);
        if ((frame == null) == text.isBlank() || (frame != null && capture == null)) {
            throw wrongUse("give an address, a name, a packet, or --capture with --frame");
        }
        var config = configOption.load().config();
        try {
            var subject = frame == null && capture == null ? Subject.of(text) : Subject.PACKET;
            switch (subject) {
                case NAME -> {
                    Logging.start(config.log()); // libraries tell all of their questions otherwise
                    var explanation = NameExplanation.explain(config, text, type, client);
                    print(json ? List.of(Json.of(explanation)) : NameExplanation.lines(explanation));
                }
                case ADDRESS -> {
                    var explanation = new AddressExplanation(config).explain(text);
                    print(json ? List.of(Json.of(explanation.fields())) : explanation.lines());
                }
                case PACKET -> print(explainPacket(config, text));
            }
            return ExitCode.FINE;
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage() + "; " + Subject.EXAMPLES);
        }
    }

    private Explanation explainPacket(GatewayConfig config, String text) throws IOException, HostException {
        var octets = frame == null ? PacketText.parse(text) : new byte[0];
        var settings = HostDefaults.resolveClients(config).modeSettings(NextHopMtus.UNLIMITED);
        try (var explainer = new Explainer(settings, seed.seed())) {
            if (capture == null) {
                return explainer.explain(octets);
            }
            try (var reader = open(capture)) {
                if (frame != null) {
                    return explainer.explainFrame(reader, frame);
                }
                explainer.runAll(reader);
                return explainer.explain(octets);
            }
        }
    }

    private CaptureReader open(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw wrongUse(file + ": no such file, or not readable");
        }
        try {
            return CaptureReader.open(file);
        } catch (CaptureException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void print(Explanation explanation) {
        print(json ? List.of(Json.of(explanation)) : explanation.lines());
    }

    private void print(List<String> lines) {
        var out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
