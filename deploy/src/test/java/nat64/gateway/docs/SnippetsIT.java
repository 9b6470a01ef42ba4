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

    /** It has no option for this: it runs for a moment, sees no interface but lo, and says what it ignores. */
    private static final String NETWORKD = """
            mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/network
            cp "$1" /run/systemd/network/50-snippet.network
            SYSTEMD_LOG_TARGET=console timeout 3 "$0" 2>&1 | grep -F 50-snippet.network
            [ "${PIPESTATUS[1]}" -ne 0 ]
            """;

    /** Each query as a recording rule. */
    private static final String PROMQL = """
            awk 'BEGIN { RS = ""; print "groups: [{name: queries, rules: [" } {
                gsub(/#[^\\n]*\\n/, ""); gsub(/\\n/, " ")
                print "{record: q" NR ", expr: \\047" $0 "\\047},"
            } END { print "]}]" }' "$0" >"$0.yaml" && promtool check rules "$0.yaml"
            """;

    private static final List<String> OTHERS = List.of("console", "sh", "text", "yaml");

    @TempDir
    private Path directory;

    /** A program, and how it checks a file. */
    private record Check(String program, List<String> command) {

        static Check of(String... command) {
            return new Check(command[0], List.of(command));
        }

        boolean isPossible() {
            return Files.isExecutable(Path.of(program))
                    || Commands.locate(program).isPresent();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("snippets")
    void isAccepted(String language, Document document, String snippet) throws Exception {
        var file = Files.writeString(directory.resolve("snippet"), snippet).toString();
        var check = check(language, file);
        assumeTrue(check.isPossible(), () -> "missing: " + check.program + "; deploy/setup installs it");

        var result = Commands.attempt(check.command, Duration.ofMinutes(1));

        assertThat(result.exitCode()).as(document + ": " + result.output()).isZero();
    }

    private static Check check(String language, String file) {
        return switch (language) {
            case "bash" -> Check.of("bash", "-n", file);
            case "radvd" -> Check.of("radvd", "--configtest", "--config", file);
            case "dnsmasq" -> Check.of("dnsmasq", "--test", "--conf-file=" + file);
            case "frr" -> Check.of("vtysh", "--dryrun", "--inputfile", file);
            case "bird" -> Check.of("bird", "-p", "-c", file);
            case "networkd" -> {
                var program = "/lib/systemd/systemd-networkd";
                yield new Check(program, List.of("unshare", "--net", "--mount", "bash", "-c", NETWORKD, program, file));
            }
            case "nft" -> Check.of("nft", "--check", "--file", file);
            case "promql" -> new Check("promtool", List.of("bash", "-c", PROMQL, file));
            default -> throw new IllegalArgumentException(language);
        };
    }

    static List<Arguments> snippets() throws IOException {
        return Document.all().stream()
                .flatMap(document -> document.blocks().stream()
                        .filter(block -> !OTHERS.contains(block.language()))
                        .map(block -> Arguments.of(block.language(), document, block.text())))
                .toList();
    }
}
