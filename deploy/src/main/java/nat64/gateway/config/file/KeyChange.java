// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A key whose value is not the same in two configurations.
 *
 * @param before what holds without the change
 * @param after what holds with it
 */
public record KeyChange(KeyValue before, KeyValue after) {

    /** All keys that differ, in the order of the second configuration. Both have values for the same keys. */
    public static List<KeyChange> between(Map<String, KeyValue> before, Map<String, KeyValue> after) {
        var changes = new ArrayList<KeyChange>();
        after.forEach((path, value) -> {
            var old = before.get(path);
            if (old != null && !old.means(value)) {
                changes.add(new KeyChange(old, value));
            }
        });
        return changes;
    }

    public Key key() {
        return after.key();
    }

    /**
     * The change as lines for people: {@code KEY: OLD -> NEW}, or for a list {@code KEY:} with a line for each item
     * that is removed or added.
     */
    public List<String> lines() {
        var removed = missing(before, after);
        var added = missing(after, before);
        if (key() instanceof ValueKey || (removed.isEmpty() && added.isEmpty())) { // else another order
            return List.of(key().path() + ": " + before.text() + " -> " + after.text());
        }
        return Stream.of(
                        Stream.of("%s: %d removed, %d added".formatted(key().path(), removed.size(), added.size())),
                        removed.stream().map(text -> "  - " + text),
                        added.stream().map(text -> "  + " + text))
                .flatMap(lines -> lines)
                .toList();
    }

    private static List<String> missing(KeyValue from, KeyValue in) {
        var values = new HashSet<>(in.values());
        return from.parts().stream()
                .filter(part -> !values.contains(part.value()))
                .map(KeyValue.Part::text)
                .toList();
    }
}
