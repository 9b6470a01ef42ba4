// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nat64.gateway.config.file.Key;
import nat64.gateway.config.file.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema, the documentation and the examples say what the keys say. */
class PublishedKeysTest {

    private static final Path TARGET = Path.of("target");

    @Test
    void documentationIsMadeFromTheKeys() throws Exception {
        var page = Path.of("../docs/configuration.md");
        assertIsUpToDate(page, KeyDocumentation.updated(Files.readString(page)), "docs/configuration.md");
    }

    @Test
    void schemaIsMadeFromTheKeys() throws Exception {
        assertIsUpToDate(Path.of("nat64.schema.json"), JsonSchema.text(), "deploy/nat64.schema.json");
    }

    @Test
    void schemaHasEveryKey() throws Exception {
        var published = new ArrayList<String>();
        collect(new ObjectMapper().readTree(JsonSchema.text()), "", published);

        assertThat(published)
                .containsExactlyInAnyOrderElementsOf(
                        AllKeys.stream().map(Key::path).toList());
    }

    @Test
    void schemaRefusesUnknownKeysEverywhere() throws Exception {
        assertThat(objects(new ObjectMapper().readTree(JsonSchema.text())))
                .hasSizeGreaterThan(9)
                .allSatisfy(
                        object -> assertThat(object.path("additionalProperties").asBoolean(true))
                                .isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "home", "isp-with-public-pool4", "dns64-only", "kubernetes"})
    void exampleCanBeUsed(String name) {
        assertThat(ConfigFile.load(Path.of("examples/" + name + ".yaml")).config())
                .isNotNull();
    }

    @Test
    void everyExampleIsNamedHere() throws Exception {
        try (var files = Files.list(Path.of("examples"))) {
            assertThat(files).hasSize(5);
        }
    }

    @Test
    void onlyTheExampleWithRemoteAdminHasAWarning() {
        assertThat(ConfigFile.load(Path.of("examples/home.yaml")).warnings()).isEmpty();
        assertThat(ConfigFile.load(Path.of("examples/dns64-only.yaml")).warnings())
                .isEmpty();
        assertThat(ConfigFile.load(Path.of("examples/kubernetes.yaml")).warnings())
                .extracting(Problem::key)
                .containsExactly("admin.listen");
    }

    private static void assertIsUpToDate(Path published, String made, String name) throws IOException {
        var copy = TARGET.resolve(published.getFileName());
        Files.createDirectories(TARGET.toAbsolutePath());
        Files.writeString(copy, made);

        assertThat(Files.exists(published) && Files.readString(published).equals(made))
                .as("%s is not what the keys say; copy the new one: cp deploy/%s %s", name, copy, name)
                .isTrue();
    }

    private static void collect(JsonNode object, String path, List<String> into) {
        object.path("properties").properties().forEach(property -> {
            var key = path + property.getKey();
            var node = property.getValue();
            if (node.has("properties")) {
                collect(node, key + ".", into);
            } else {
                into.add(key);
                collect(node.path("items"), key + ".", into);
                node.path("anyOf").forEach(choice -> collect(choice.path("items"), key + ".", into));
            }
        });
    }

    private static List<JsonNode> objects(JsonNode node) {
        var objects = new ArrayList<JsonNode>();
        if (node.has("properties")) {
            objects.add(node);
        }
        node.forEach(child -> objects.addAll(objects(child)));
        return objects;
    }
}
