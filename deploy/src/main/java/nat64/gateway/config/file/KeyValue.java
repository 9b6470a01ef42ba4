// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nat64.gateway.config.text.Place;

/**
 * What a configuration has for a key, the default included.
 *
 * @param place where the file has it
 * @param parts one for a single value; for a list its items, for a mapping its entries
 */
public record KeyValue(Key key, Place place, List<Part> parts) {

    public KeyValue {
        parts = List.copyOf(parts);
    }

    /**
     * A value, an item or an entry.
     *
     * @param value equal to another if both mean the same, however they are written
     * @param written as YAML; it is asked for only when it is shown
     */
    public record Part(Object value, Supplier<String> written) {

        /** As YAML. */
        public String text() {
            return written.get();
        }
    }

    /** As YAML. */
    public String text() {
        if (place.isDefault()) {
            return key.byDefault();
        }
        return switch (key) {
            case ValueKey<?> _ -> parts.getFirst().text();
            case ListKey<?> _, ItemsKey _ -> joined("[", "]");
            case MapKey<?, ?> _ -> joined("{", "}");
        };
    }

    /** Whether both mean the same, however they are written. */
    public boolean means(KeyValue other) {
        return values().equals(other.values());
    }

    List<Object> values() {
        return parts.size() == 1
                ? List.of(parts.getFirst().value())
                : parts.stream().map(Part::value).toList();
    }

    private String joined(String begin, String end) {
        return parts.stream().map(Part::text).collect(Collectors.joining(", ", begin, end));
    }
}
