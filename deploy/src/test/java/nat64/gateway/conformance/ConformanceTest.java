// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConformanceTest {

    private static final Path ROOT = Path.of("..");
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Path MADE = Path.of("target/conformance.md");

    private List<Catalogue> catalogues = List.of();
    private Proofs proofs = new Proofs(Map.of());

    @BeforeEach
    void read() throws IOException {
        catalogues = Catalogue.readAll(DOCS.resolve("conformance"));
        proofs = Proofs.find(ROOT);
    }

    @Test
    void thePageIsWhatTheBuildMakes() throws IOException {
        var page = ConformanceDocument.of(catalogues, proofs);
        Files.createDirectories(MADE.toAbsolutePath().getParent());
        Files.writeString(MADE, page);

        assertThat(Files.readString(DOCS.resolve("conformance.md")).equals(page))
                .as("docs/conformance.md is old; take the new one: cp deploy/target/conformance.md docs/conformance.md")
                .isTrue();
    }

    @Test
    void everyItemIsListedOnce() {
        assertThat(items(_ -> true)).extracting(Item::id).doesNotHaveDuplicates();
    }

    @Test
    void testsNameOnlyItemsThatExist() {
        assertThat(items(_ -> true))
                .extracting(Item::id)
                .containsAll(proofs.byItem().keySet());
    }

    @Test
    void everyItemThatMustBeProvenIs() {
        assertThat(items(Item::mustBeProven))
                .allSatisfy(item -> assertThat(proofs.of(item))
                        .as("tests with @Tag(\"%s\"): %s", item.id(), item.requirement())
                        .isNotEmpty());
    }

    @Test
    void whatIsProvenIsNotOpen() {
        assertThat(items(Item::isOpen))
                .allSatisfy(item -> assertThat(proofs.of(item))
                        .as("%s is proven now: empty its status", item.id())
                        .isEmpty());
    }

    @Test
    void everyDecisionIsWrittenDown() {
        assertThat(items(Item::isDecided))
                .isNotEmpty()
                .allSatisfy(item -> assertThat(DOCS.resolve("decisions").resolve(item.decision()))
                        .content()
                        .as("the decision must name its item")
                        .contains(item.id()));
    }

    private List<Item> items(Predicate<Item> kind) {
        return catalogues.stream()
                .flatMap(catalogue -> catalogue.items().stream())
                .filter(kind)
                .toList();
    }
}
