// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static java.util.Objects.requireNonNull;

import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.cli.common.ThisVersion;
import nat64.gateway.cli.live.BindingsCommand;
import nat64.gateway.cli.live.CacheCommand;
import nat64.gateway.cli.live.FlushCommand;
import nat64.gateway.cli.live.Pool4Command;
import nat64.gateway.cli.live.SessionsCommand;
import nat64.gateway.cli.live.StatsCommand;
import nat64.gateway.cli.live.StatusCommand;
import nat64.gateway.cli.live.TopCommand;
import nat64.gateway.cli.live.WhoCommand;
import nat64.gateway.demo.DemoCommand;
import nat64.gateway.demo.DemoServerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code nat64}, with all its commands. */
@Command(
        name = "nat64",
        description = "NAT64 and DNS64: IPv6-only hosts reach the IPv4 world.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = ThisVersion.class,
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            ReloadCommand.class,
            FlushCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            TopCommand.class,
            SessionsCommand.class,
            BindingsCommand.class,
            Pool4Command.class,
            WhoCommand.class,
            CacheCommand.class,
            StatsCommand.class,
            DiagnoseCommand.class,
            ExplainCommand.class,
            TranslateCommand.class,
            DemoCommand.class,
            DemoServerCommand.class,
            TrainCommand.class,
            CompletionCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 success, 1 a problem was found, 2 wrong usage or wrong configuration.",
            "nat64 COMMAND --help shows the options of a command."
        })
public final class Nat64Command {

    private Nat64Command() {}

    /** All commands, with the exit codes that they promise. */
    static CommandLine commandLine() {
        var line = new CommandLine(new Nat64Command());
        requireNonNull(line.getSubcommands().get("help"))
                .getCommandSpec()
                .usageMessage()
                .header(new String[0])
                .synopsisHeading("Usage: ")
                .description("Shows the help of a command.");
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, _) -> wrongUse(wrong));
        line.setExecutionStrategy(Nat64Command::runIfAllIsKnown);
        line.setExecutionExceptionHandler((failure, command, _) -> ExitCode.report(failure, command.getErr()));
        return line;
    }

    /** What is wrong comes first; the whole help page would push it off the screen. */
    private static int wrongUse(CommandLine.ParameterException wrong) {
        var command = wrong.getCommandLine();
        var err = command.getErr();
        err.println("nat64: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Usage: " + command.getHelp().abbreviatedSynopsis().strip());
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.WRONG_USE;
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
}
