// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.List;

/**
 * What a configuration has for a key, the default included.
 *
 * @param line where the file has it; 0 if it is the default
 * @param parts one for a single value; for a list its items, for a mapping its entries
 * @param text as YAML
 */
public record KeyValue(Key key, int line, List<Part> parts, String text) {

    public KeyValue {
        parts = List.copyOf(parts);
    }

    /**
     * A value, an item or an entry.
     *
     * @param value equal to another if both mean the same, however they are written
     * @param text as YAML
     */
    public record Part(Object value, String text) {}

    /** Whether both mean the same, however they are written. */
    public boolean means(KeyValue other) {
        return values().equals(other.values());
    }

    List<Object> values() {
        return parts.stream().map(Part::value).toList();
    }
}
