// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.ConfigSummary;
import nat64.gateway.log.Logging;
import nat64.gateway.training.HostTraining;
import nat64.gateway.training.Training;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nat64 train}, which the launcher runs once to make the AOT cache; {@link Training} says what it does. */
@Command(
        name = "train",
        hidden = true,
        description = "Runs the gateway in memory for a short time, so that the JVM can record what it loads.",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class)
final class TrainCommand implements Callable<Integer> {

    @Option(
            names = "--own-host",
            description = "This process has a network namespace of its own: the gateway starts for real there.")
    private boolean ownHost;

    @Override
    public Integer call() throws Exception {
        if (ownHost) {
            HostTraining.run(config -> new Run(Optional.of(config), false).call());
        }
        var loaded = ConfigFile.defaults();
        Logging.start(loaded.config().log());
        var log = LoggerFactory.getLogger("nat64");
        ConfigSummary.of(loaded.config()).forEach(line -> log.info("will {}", line));
        var result = Training.run(loaded);
        log.info("made {} AAAA records, translated {} packets", result.synthesized(), result.translated());
        return ExitCode.FINE;
    }
}
