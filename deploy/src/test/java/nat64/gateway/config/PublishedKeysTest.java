// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import nat64.gateway.config.file.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema, the documentation and the examples say what the reader does. */
class PublishedKeysTest {

    private static final Path DOCUMENTATION = Path.of("../docs/configuration.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| `?([^`|]+?)`? \\| .+ \\|$");

    @Test
    void schemaHasExactlyTheKeysAndDefaultsOfTheReader() throws Exception {
        var published = new LinkedHashMap<String, Object>();
        collect(schema(), "", published);

        assertThat(published).containsExactlyInAnyOrderEntriesOf(readerDefaults());
    }

    @Test
    void schemaRefusesUnknownKeysEverywhere() throws Exception {
        assertThat(objects(schema()))
                .hasSizeGreaterThan(9)
                .allSatisfy(
                        object -> assertThat(object.path("additionalProperties").asBoolean(true))
                                .isFalse());
    }

    @Test
    void documentationHasExactlyTheKeysAndDefaultsOfTheReader() throws Exception {
        var documented = new LinkedHashMap<String, String>();
        ROW.matcher(Files.readString(DOCUMENTATION))
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2)));

        assertThat(documented).containsExactlyInAnyOrderEntriesOf(ConfigFile.keys());
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
    void onlyTheExampleWithRemoteAdminIsWarnedOf() {
        assertThat(ConfigFile.load(Path.of("examples/home.yaml")).warnings()).isEmpty();
        assertThat(ConfigFile.load(Path.of("examples/dns64-only.yaml")).warnings())
                .isEmpty();
        assertThat(ConfigFile.load(Path.of("examples/kubernetes.yaml")).warnings())
                .extracting(Problem::key)
                .containsExactly("admin.listen");
    }

    /** As YAML values, so that {@code [a]} and {@code ["a"]} are the same; but {@code off} is a word, as in YAML 1.2. */
    private static Map<String, Object> readerDefaults() {
        var defaults = new LinkedHashMap<String, Object>();
        ConfigFile.keys().forEach((key, yaml) -> defaults.put(key, yaml.equals("off") ? yaml : yaml(yaml)));
        return defaults;
    }

    private static void collect(JsonNode object, String path, Map<String, Object> into) {
        object.path("properties").properties().forEach(property -> {
            var key = path + property.getKey();
            var node = property.getValue();
            if (node.has("properties")) {
                collect(node, key + ".", into);
            } else {
                into.put(key, node.has("default") ? yaml(node.get("default").toString()) : "required");
                collect(node.path("items"), key + ".", into);
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

    private static Object yaml(String text) {
        return new org.yaml.snakeyaml.Yaml().load(text);
    }

    private static JsonNode schema() throws Exception {
        try (var schema = ConfigFile.class.getResourceAsStream("nat64.schema.json")) {
            return new ObjectMapper().readTree(schema);
        }
    }
}
