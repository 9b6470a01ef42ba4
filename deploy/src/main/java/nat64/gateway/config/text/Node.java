// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import java.util.List;
import java.util.stream.Collectors;

/** A part of a file. */
public sealed interface Node {

    Place place();

    /** On one line, as YAML. */
    String text();

    /** Whether it is there without a value, as in {@code key:}. */
    default boolean isNull() {
        return false;
    }

    /**
     * One value.
     *
     * @param value without quotes
     * @param isNull whether YAML takes it for no value
     */
    record Scalar(Place place, String value, boolean isNull) implements Node {

        @Override
        public String text() {
            return isNull ? "~" : Yaml.quoted(value);
        }
    }

    /** A list. */
    record Sequence(Place place, List<Node> items) implements Node {

        @Override
        public String text() {
            return items.stream().map(Node::text).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** Keys and values, in the order of the file; a key may be there twice. */
    record Mapping(Place place, List<Entry> entries) implements Node {

        @Override
        public String text() {
            return entries.stream()
                    .map(entry -> entry.key().text() + ": " + entry.value().text())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /**
     * A key with its value.
     *
     * @param key a scalar, in a file without mistakes
     */
    record Entry(Node key, Node value) {

        /** Whether this is its key. */
        public boolean isNamed(String name) {
            return key instanceof Scalar scalar && scalar.value().equals(name);
        }
    }
}
