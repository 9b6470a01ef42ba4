// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.table;

import java.io.Console;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option {@code --output}, the same for every command that lists something. */
public final class OutputOption {

    /** How a list is printed. */
    enum Format {
        TABLE,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table, the default, or json.")
    private Format format = Format.TABLE;

    public boolean isJson() {
        return format == Format.JSON;
    }

    /** Whether a person looks at the output. */
    public static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
