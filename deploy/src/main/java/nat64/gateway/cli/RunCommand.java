// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.util.List;
import java.util.concurrent.Callable;
import nat64.gateway.Gateway;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.auto.NamedFiles;
import nat64.gateway.config.ConfigSummary;
import nat64.gateway.log.Logging;
import nat64.gateway.preflight.Finding;
import nat64.gateway.preflight.Preflight;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nat64 run}. */
@Command(
        name = "run",
        description = "Runs the gateway until SIGTERM or SIGINT, then reverts its changes to the host.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.ThisVersion.class)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Option(
            names = "--take-over",
            description =
                    "Takes the place of the gateway that runs here, with its sessions: it is asked to end when this"
                            + " one is about to begin.")
    private boolean takeOver;

    @Override
    public Integer call() throws Exception {
        var loaded = configOption.load();
        NamedFiles.require(loaded);
        Logging.start(loaded.config().log());
        var log = LoggerFactory.getLogger("nat64");
        loaded.warnings().forEach(warning -> log.warn("{}", warning));
        var config = loaded.config();
        if (takeOver) { // as late as can be: clients are not served from here on
            warn(Preflight.of(config, HostDefaults.resolve(config).config(), true));
            Predecessor.handOver(config.translator().device().name());
        }
        new RunningGateway(config.admin()).requireNone();
        var resolved = HostDefaults.resolve(config);
        ConfigSummary.of(resolved.config()).forEach(line -> log.info("will {}", line));
        resolved.reasons().forEach(line -> log.info("auto: {}", line));
        if (!takeOver) {
            warn(Preflight.of(config, resolved.config(), false));
        }
        resolved.waiting().forEach(lack -> log.warn("not ready: {}", lack));
        Gateway.run(configOption::load, loaded, resolved);
        return ExitCode.FINE;
    }

    /** What is refused ends the start where it is in the way. */
    private static void warn(List<Finding> findings) {
        var log = LoggerFactory.getLogger("nat64");
        findings.stream().filter(Finding.Warning.class::isInstance).forEach(finding -> log.warn("{}", finding.line()));
    }
}
