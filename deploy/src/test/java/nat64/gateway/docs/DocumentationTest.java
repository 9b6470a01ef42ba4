// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import nat64.gateway.config.ConfigFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentationTest {

    /**
     * What a block may be written in. Each is checked: yaml here, sh by ShownCommandsTest, console by the labs and
     * DocumentedCommandsTest, files of other programs by SnippetsIT. Drawings and messages are text.
     */
    private static final List<String> LANGUAGES = List.of(
            "bash", "bird", "console", "dnsmasq", "frr", "networkd", "nft", "promql", "radvd", "sh", "text", "yaml");

    static List<Document> all() throws IOException {
        return Document.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyConfigurationIsAccepted(Document document) {
        assertThat(document.blocks("yaml"))
                .allSatisfy(example -> assertThatCode(() -> ConfigFile.parse(document.toString(), example))
                        .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyBlockIsOfAKindThatIsChecked(Document document) {
        assertThat(document.blocks()).extracting(Document.Block::language).isSubsetOf(LANGUAGES);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyLinkLeadsSomewhere(Document document) {
        assertThat(document.links()).allSatisfy(link -> {
            var parts = link.split("#", 2);
            var target = parts[0].isEmpty()
                    ? document.file()
                    : document.file().resolveSibling(parts[0]).normalize();
            assertThat(target).exists();
            if (parts.length == 2) {
                assertThat(new Document(target, Files.readString(target)).anchors())
                        .contains(parts[1]);
            }
        });
    }

    @Test
    void everyPageIsLinkedFromAnother() throws IOException {
        var pages = Document.all();
        var linked = pages.stream()
                .flatMap(page -> page.links().stream()
                        .map(link -> page.file()
                                .resolveSibling(link.split("#", 2)[0])
                                .normalize()))
                .toList();

        assertThat(linked)
                .containsAll(pages.stream()
                        .map(Document::file)
                        .filter(file -> !file.equals(Document.REPOSITORY.resolve("README.md")))
                        .toList());
    }

    @Test
    void readsBlocksLinksAndHeadings() {
        var document = new Document(Document.REPOSITORY.resolve("a.md"), """
                # A `title`, with more
                See [b](b.md#c) and `[no](link.md)`, [c](https://example.org/).

                - ```yaml
                  role: both
                  ```

                ```text
                # not a heading
                [no](link.md)
                ```
                ## Again
                ## Again
                """.replace("- ```", "  ```"));

        assertThat(document.blocks("yaml")).containsExactly("role: both\n");
        assertThat(document.links()).containsExactly("b.md#c");
        assertThat(document.anchors()).containsExactly("a-title-with-more", "again", "again-1");
    }
}
