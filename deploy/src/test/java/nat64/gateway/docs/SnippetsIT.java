// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nat64.gateway.system.Commands;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations of other programs that the documentation shows: the programs themselves check them. */
class SnippetsIT {

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("snippets")
    void isAccepted(String language, Document document, String snippet) throws Exception {
        var file = Files.writeString(directory.resolve("snippet"), snippet).toString();
        var check = check(language, file);
        var program = check.getFirst();
        assumeTrue(Commands.locate(program).isPresent(), () -> "missing: " + program + "; deploy/setup installs it");

        var result = Commands.attempt(check, Duration.ofMinutes(1));

        assertThat(result.exitCode()).as(document + ": " + result.output()).isZero();
    }

    private static List<String> check(String language, String file) {
        return switch (language) {
            case "radvd" -> List.of("radvd", "--configtest", "--config", file);
            case "dnsmasq" -> List.of("dnsmasq", "--test", "--conf-file=" + file);
            case "frr" -> List.of("vtysh", "--dryrun", "--inputfile", file);
            case "nft" -> List.of("nft", "--check", "--file", file);
            default -> throw new IllegalArgumentException(language);
        };
    }

    static List<Arguments> snippets() throws IOException {
        return Document.all().stream()
                .flatMap(document -> document.blocks().stream()
                        .filter(block -> !List.of("", "bash", "yaml").contains(block.language()))
                        .map(block -> Arguments.of(block.language(), document, block.text())))
                .toList();
    }
}
