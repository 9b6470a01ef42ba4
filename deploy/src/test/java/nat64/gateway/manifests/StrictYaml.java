// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML with exactly one document, no duplicate keys, no aliases and no tags. */
final class StrictYaml {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StrictYaml() {}

    static JsonNode parse(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws a {@link org.yaml.snakeyaml.error.YAMLException} with line and column. */
    static JsonNode parse(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        Object document = new Yaml(new SafeConstructor(options)).load(text);
        return JSON.valueToTree(document);
    }
}
