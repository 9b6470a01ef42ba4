// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import nat64.gateway.config.ConfigFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentedConfigurationTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"../README.md", "../docs/why-not-mapped-addresses.md"})
    void acceptsEveryExample(String document) throws IOException {
        var examples =
                EXAMPLE.matcher(Files.readString(Path.of(document))).results().map(DocumentedConfigurationTest::text);

        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(example -> assertThatCode(() -> ConfigFile.parse(document, example))
                        .doesNotThrowAnyException());
    }

    private static String text(MatchResult example) {
        return example.group(1).stripIndent();
    }
}
