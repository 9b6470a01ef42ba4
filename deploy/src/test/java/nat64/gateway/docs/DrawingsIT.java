// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import nat64.gateway.system.Commands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drawings of the documentation are made from their sources. Versions of Graphviz place things differently. */
class DrawingsIT {

    private static final Path DRAWINGS = Document.REPOSITORY.resolve("docs/drawings");
    private static final Pattern SHOWN = Pattern.compile("<text [^>]*>([^<]*)</text>|<title>([^<]*)</title>");

    @TempDir
    private Path directory;

    @Test
    void showWhatTheirSourcesSay() throws Exception {
        assumeTrue(Commands.locate("dot").isPresent(), "missing: dot; deploy/setup installs it");

        var draw = Commands.attempt(
                List.of(DRAWINGS.resolve("draw").toString(), directory.toString()), Duration.ofMinutes(1));

        assertThat(draw.exitCode()).as(draw.output()).isZero();
        assertThat(svgFiles(directory))
                .isNotEmpty()
                .isEqualTo(svgFiles(DRAWINGS))
                .allSatisfy(name -> assertThat(shown(DRAWINGS.resolve(name)))
                        .as("%s: run docs/drawings/draw", name)
                        .isEqualTo(shown(directory.resolve(name))));
    }

    private static List<String> svgFiles(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".svg"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> shown(Path svg) throws IOException {
        return SHOWN.matcher(Files.readString(svg))
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .sorted()
                .toList();
    }
}
