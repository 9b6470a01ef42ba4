// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.io.PrintWriter;
import java.util.List;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.config.common.LogConfig;
import nat64.gateway.log.Logging;

/** The program {@code nat64}. */
public final class Main {

    /** Without it, libraries would print what they do to standard output, among the results of a command. */
    private static final LogConfig BEFORE_CONFIGURATION = new LogConfig(LogConfig.Level.WARN, LogConfig.Format.TEXT);

    private Main() {}

    /**
     * A start of the gateway does not wait for picocli: the AOT cache can't hold its classes, which are older than Java
     * 6, and to load them takes 0.2 seconds.
     */
    public static void main(String[] arguments) {
        Logging.start(BEFORE_CONFIGURATION);
        System.exit(Run.read(List.of(arguments))
                .map(Main::run)
                .orElseGet(() -> Nat64Command.commandLine().execute(arguments)));
    }

    private static int run(Run run) {
        try {
            return run.call();
        } catch (Exception e) {
            return ExitCode.report(e, new PrintWriter(System.err, true, System.err.charset()));
        }
    }
}
