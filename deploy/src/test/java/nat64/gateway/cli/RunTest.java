// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {

    @ParameterizedTest(name = "nat64 {0}")
    @ValueSource(
            strings = {
                "run",
                "run --take-over",
                "run --config nat64.yaml",
                "run -c /etc/nat64/nat64.yaml",
                "run -c ./nat64.yaml --take-over",
                "run --take-over --config run"
            })
    void readsAPlainCommandLineAsPicocliDoes(String line) {
        var arguments = List.of(line.split(" "));

        assertThat(Run.read(arguments)).contains(readByPicocli(arguments));
    }

    @ParameterizedTest(name = "nat64 {0}")
    @ValueSource(
            strings = {
                "check",
                "--help",
                "run --help",
                "run --config",
                "run --config --take-over",
                "run --config @file",
                "run --config=nat64.yaml",
                "run -cnat64.yaml",
                "run --take-over --take-over",
                "run -c a.yaml -c b.yaml",
                "run nat64.yaml",
                "run --tak"
            })
    void leavesTheRestToPicocli(String line) {
        assertThat(Run.read(List.of(line.split(" ")))).isEmpty();
    }

    private static Run readByPicocli(List<String> arguments) {
        var parsed = Nat64Command.commandLine().parseArgs(arguments.toArray(String[]::new));
        return ((RunCommand) parsed.subcommand().commandSpec().userObject()).run();
    }
}
