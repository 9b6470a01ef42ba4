// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import nat64.gateway.Gateway;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.auto.NamedFiles;
import nat64.gateway.cli.common.ConfigOption;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.RunningGateway;
import nat64.gateway.config.ConfigSummary;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.log.Logging;
import nat64.gateway.preflight.Finding;
import nat64.gateway.preflight.Preflight;
import org.slf4j.LoggerFactory;

/**
 * What {@code nat64 run} does: runs the gateway until SIGTERM or SIGINT.
 *
 * @param config the configuration file that was named
 * @param takeOver whether it takes the place of the gateway that runs here
 */
record Run(Optional<Path> config, boolean takeOver) implements Callable<Integer> {

    /** Reads a command line that is plain: other commands, help and mistakes are for {@link Nat64Command}. */
    static Optional<Run> read(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("run")) {
            return Optional.empty();
        }
        var run = new Run(Optional.empty(), false);
        for (int i = 1; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.equals("--take-over") && !run.takeOver) {
                run = new Run(run.config, true);
            } else if (isConfig(argument) && run.config.isEmpty() && i + 1 < arguments.size()) {
                i++;
                if (!isPlainFile(arguments.get(i))) {
                    return Optional.empty();
                }
                run = new Run(Optional.of(Path.of(arguments.get(i))), run.takeOver);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(run);
    }

    private static boolean isConfig(String argument) {
        return argument.equals("--config") || argument.equals("-c");
    }

    /** Picocli takes other words for options, or for files with arguments. */
    private static boolean isPlainFile(String argument) {
        return !argument.isEmpty() && !argument.startsWith("-") && !argument.startsWith("@");
    }

    /** @throws Exception if the gateway can't start or go on; the message says what helps */
    @Override
    public Integer call() throws Exception {
        var loaded = load();
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
        Gateway.run(this::load, loaded, resolved);
        return ExitCode.FINE;
    }

    private LoadedConfig load() {
        return ConfigOption.load(config);
    }

    /** What is refused ends the start where it is in the way. */
    private static void warn(List<Finding> findings) {
        var log = LoggerFactory.getLogger("nat64");
        findings.stream().filter(Finding.Warning.class::isInstance).forEach(finding -> log.warn("{}", finding.line()));
    }
}
