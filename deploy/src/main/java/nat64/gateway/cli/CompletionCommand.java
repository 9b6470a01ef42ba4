// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.util.concurrent.Callable;
import nat64.gateway.cli.common.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nat64 completion}: the script by which a shell completes commands and options. */
@Command(
        name = "completion",
        description = "Prints a script that lets a shell complete commands and options.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: source <(nat64 completion bash)", "The Debian package installs the scripts."})
final class CompletionCommand implements Callable<Integer> {

    /** Shells that run on servers. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.print(script());
        out.flush();
        return ExitCode.FINE;
    }

    private String script() {
        var program = spec.root().commandLine();
        var name = spec.root().name();
        return switch (shell) {
            case BASH -> AutoComplete.bash(name, program);
            case ZSH -> zsh(name, AutoComplete.bash(name, program));
            case FISH -> FishCompletion.of(spec.root());
        };
    }

    /**
     * The script for bash runs in zsh as well, which lacks one command. zsh loads the file at the first completion,
     * which it has to make.
     */
    private static String zsh(String name, String bash) {
        return """
                #compdef %1$s
                (( $+functions[compopt] )) || compopt() { }
                %2$s
                _bash_complete -o default -F _complete_%1$s
                """.formatted(name, bash);
    }
}
