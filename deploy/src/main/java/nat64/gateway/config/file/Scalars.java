// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads single values; reports what is not one. */
record Scalars(Reading reading) {

    /** The value of a node; nothing if it is wrong. */
    <T> Optional<Located<T>> read(String path, Node node, Format<T> format) {
        int line = Yaml.line(node);
        if (node.getTag().equals(Tag.NULL)) {
            reading.error(line, path, "has no value; write one such as " + format.example() + ", or remove the key");
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            reading.error(line, path, "must be one value" + hint(node) + "; write for example " + format.example());
            return Optional.empty();
        }
        try {
            return Optional.of(new Located<>(format.parse(scalar.getValue()), line, path));
        } catch (IllegalArgumentException e) {
            reading.error(line, path, format.explain(e));
            return Optional.empty();
        }
    }

    /** An IPv6 address that ends in a colon reads as a key, in brackets even unquoted ones do. */
    private static String hint(Node node) {
        return node instanceof MappingNode ? ", not keys and values; put an IPv6 address in quotes" : ", not a list";
    }
}
