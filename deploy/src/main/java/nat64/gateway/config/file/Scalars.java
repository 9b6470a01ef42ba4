// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.Optional;
import nat64.gateway.config.text.Node;

/** Reads single values; reports what is not one. */
record Scalars(Reading reading) {

    /** The value of a node; nothing if it is wrong. */
    <T> Optional<Located<T>> read(String path, Node node, Format<T> format) {
        var place = node.place();
        if (node.isNull()) {
            reading.error(place, path, "has no value; write one such as " + format.example() + ", or remove the key");
            return Optional.empty();
        }
        if (!(node instanceof Node.Scalar scalar)) {
            reading.error(place, path, "must be one value" + hint(node) + "; write for example " + format.example());
            return Optional.empty();
        }
        try {
            return Optional.of(new Located<>(format.parse(scalar.value()), place, path));
        } catch (IllegalArgumentException e) {
            reading.error(place, path, format.explain(e));
            return Optional.empty();
        }
    }

    /** An IPv6 address that ends in a colon reads as a key, in brackets even unquoted ones do. */
    private static String hint(Node node) {
        return node instanceof Node.Mapping ? ", not keys and values; put an IPv6 address in quotes" : ", not a list";
    }
}
