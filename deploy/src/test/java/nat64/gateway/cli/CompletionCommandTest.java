// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void namesEveryCommand(String shell) {
        assertThat(execute("completion", shell)).isZero();

        var shown = Nat64Command.commandLine().getSubcommands().entrySet().stream()
                .filter(command ->
                        !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
        assertThat(out.toString()).contains(shown);
    }

    @Test
    void fishGetsOptionsAndNestedCommandsWhereTheyFit() {
        assertThat(execute("completion", "fish")).isZero();

        assertThat(out.toString())
                .contains("-n '__fish_use_subcommand' -f -a sessions -d ")
                .contains("-n '__fish_seen_subcommand_from sessions' -l sort -r")
                .containsPattern("-n '__fish_seen_subcommand_from bindings; and not [^']+' -f -a add -d ")
                .contains("-n '__fish_seen_subcommand_from bindings; and __fish_seen_subcommand_from add' ")
                .contains("-n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish' ");
    }

    @Test
    void anotherShellIsWrongUse() {
        assertThat(execute("completion", "ksh")).isEqualTo(2);
        assertThat(err.toString()).startsWith("nat64: ").contains("ksh");
    }

    private int execute(String... arguments) {
        return Nat64Command.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
