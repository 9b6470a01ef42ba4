// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.util.concurrent.Callable;
import nat64.gateway.Gateway;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.auto.NamedFiles;
import nat64.gateway.auto.Resolved;
import nat64.gateway.config.ConfigSummary;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.log.Logging;
import nat64.gateway.preflight.Finding;
import nat64.gateway.preflight.Preflight;
import nat64.gateway.system.HostException;
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
        var running = new RunningGateway(loaded.config().admin());
        if (!takeOver) {
            running.requireNone();
        }
        var resolved = resolve(loaded);
        if (takeOver) { // as late as can be, because clients are not served from here on
            Predecessor.handOver(loaded.config().translator().device().name());
            running.requireNone();
        }
        Gateway.run(configOption::load, loaded, resolved);
        return ExitCode.FINE;
    }

    /** Without any {@code auto}, and tells what that means and what of the host may be in the way. */
    private Resolved resolve(LoadedConfig loaded) throws HostException {
        var log = LoggerFactory.getLogger("nat64");
        var resolved = HostDefaults.resolve(loaded.config());
        ConfigSummary.of(resolved.config()).forEach(line -> log.info("will {}", line));
        resolved.reasons().forEach(line -> log.info("auto: {}", line));
        for (var finding : Preflight.of(loaded.config(), resolved.config(), takeOver)) {
            if (finding instanceof Finding.Warning) { // what is refused ends the start where it is in the way
                log.warn("{}", finding.line());
            }
        }
        resolved.waiting().forEach(lack -> log.warn("not ready: {}", lack));
        return resolved;
    }
}
