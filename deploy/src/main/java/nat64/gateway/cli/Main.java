// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.io.PrintWriter;
import java.util.List;
import nat64.gateway.Version;
import nat64.gateway.config.common.LogConfig;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.demo.DemoCommand;
import nat64.gateway.demo.DemoServerCommand;
import nat64.gateway.log.Logging;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program {@code nat64}. */
@Command(
        name = "nat64",
        description = "NAT64 and DNS64: IPv6-only hosts reach the IPv4 world.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.ThisVersion.class,
        footer = {
            "",
            "Exit codes: 0 success, 1 a problem was found, 2 wrong usage or wrong configuration.",
            "nat64 COMMAND --help shows the options of a command."
        })
public final class Main {

    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            CheckCommand.class,
            ReloadCommand.class,
            FlushCommand.class,
            ExplainCommand.class,
            TranslateCommand.class,
            DemoCommand.class,
            DemoServerCommand.class,
            TrainCommand.class);

    /** Without it, libraries would print what they do to standard output, among the results of a command. */
    private static final LogConfig BEFORE_CONFIGURATION = new LogConfig(LogConfig.Level.WARN, LogConfig.Format.TEXT);

    private Main() {}

    /** {@code run} and {@code train} alone know no other command: to read them all is a good part of a start. */
    public static void main(String[] arguments) {
        Logging.start(BEFORE_CONFIGURATION);
        var first = arguments.length == 0 ? "" : arguments[0];
        var line = switch (first) {
            case "run" -> commandLine(List.of(RunCommand.class));
            case "train" -> commandLine(List.of(TrainCommand.class, RunCommand.class));
            default -> commandLine();
        };
        System.exit(line.execute(arguments));
    }

    /** All commands, with the exit codes that they promise. */
    static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    private static CommandLine commandLine(List<Class<?>> commands) {
        var line = new CommandLine(new Main());
        commands.forEach(line::addSubcommand);
        line.setExecutionStrategy(Main::runIfAllIsKnown);
        line.setExecutionExceptionHandler((failure, command, _) -> report(failure, command.getErr()));
        return line;
    }

    /** Help that was asked for does not hide an unknown command or argument, as it does in picocli. */
    private static int runIfAllIsKnown(CommandLine.ParseResult result) {
        for (var parsed : result.asCommandLineList()) {
            var unmatched = parsed.getParseResult().unmatched();
            if (!unmatched.isEmpty()) {
                throw new CommandLine.UnmatchedArgumentException(parsed, unmatched);
            }
        }
        return new CommandLine.RunLast().execute(result);
    }

    private static int report(Exception failure, PrintWriter err) {
        if (failure instanceof ConfigException wrong) {
            wrong.problems().forEach(problem -> err.println("nat64: " + problem));
            err.flush();
            return ExitCode.WRONG_USE;
        }
        err.println("nat64: " + (failure.getMessage() == null ? failure : failure.getMessage()));
        if (failure instanceof NullPointerException || failure instanceof IndexOutOfBoundsException) {
            failure.printStackTrace(err); // a defect of this program, not of its use
        }
        err.flush();
        return ExitCode.PROBLEM;
    }

    /** Public for picocli. */
    public static final class ThisVersion implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"nat64 " + Version.text()};
        }
    }
}
