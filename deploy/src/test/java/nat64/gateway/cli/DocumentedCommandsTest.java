// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nat64.gateway.docs.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each command {@code nat64} that the documentation shows is one that the program understands. */
class DocumentedCommandsTest {

    /** In a block, at the beginning of a line: after a prompt of a page or of a lab, with sudo or not. */
    private static final Pattern COMMAND =
            Pattern.compile("^ *(?:\\$ |[a-z0-9-]+# )?(?:sudo )?(?:deploy/)?nat64 ([a-z].*)$", Pattern.MULTILINE);

    /** A word of a shell command: in quotes, or without; and what ends the command. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([|;&>#].*)|([^\\s'\"|;&>]+)");

    static List<Arguments> commands() throws IOException {
        return Document.all().stream()
                .flatMap(document -> Stream.of("sh", "console")
                        .flatMap(language -> document.blocks(language).stream())
                        .flatMap(block -> COMMAND.matcher(block).results())
                        .map(command -> Arguments.of(document, command.group(1))))
                .toList();
    }

    @ParameterizedTest(name = "{0}: nat64 {1}")
    @MethodSource("commands")
    void isUnderstood(Document document, String command) {
        var result = Nat64Command.commandLine().parseArgs(words(command).toArray(String[]::new));

        assertThat(result.asCommandLineList())
                .as(document.toString())
                .hasSizeGreaterThan(1)
                .extracting(CommandLine::getParseResult)
                .allSatisfy(part -> assertThat(part.unmatched()).isEmpty());
    }

    private static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .takeWhile(word -> word.group(3) == null)
                .map(word -> Stream.of(1, 2, 4)
                        .map(word::group)
                        .filter(text -> text != null)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    @Test
    void readsACommandAsAShellDoes() {
        assertThat(words("explain 'udp a -> b' --config f   # why"))
                .containsExactly("explain", "udp a -> b", "--config", "f");
        assertThat(words("check >out")).containsExactly("check");
    }
}
