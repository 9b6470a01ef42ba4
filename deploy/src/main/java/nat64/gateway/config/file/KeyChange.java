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

    private static final int MOST_LISTED = 20;

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

    /** As {@link #lines(int)}, short enough for a log or a terminal. */
    public List<String> lines() {
        return lines(MOST_LISTED);
    }

    /**
     * The change as lines for people: {@code KEY: OLD -> NEW}, or for a list {@code KEY:} with a line for each item
     * that is removed or added.
     *
     * @param most items of each kind; of the others there is only the number
     */
    public List<String> lines(int most) {
        var removed = missing(before, after);
        var added = missing(after, before);
        if (key() instanceof ValueKey || (removed.isEmpty() && added.isEmpty())) { // else another order
            return List.of(
                    Math.max(before.parts().size(), after.parts().size()) > most
                            ? "%s: %d items, in another order"
                                    .formatted(key().path(), after.parts().size())
                            : key().path() + ": " + before.text() + " -> " + after.text());
        }
        return Stream.of(
                        Stream.of("%s: %d removed, %d added".formatted(key().path(), removed.size(), added.size())),
                        listed("  - ", removed, most),
                        listed("  + ", added, most))
                .flatMap(lines -> lines)
                .toList();
    }

    private static Stream<String> listed(String sign, List<KeyValue.Part> items, int most) {
        return Stream.concat(
                items.stream().limit(most).map(item -> sign + item.text()),
                items.size() > most ? Stream.of(sign + "and " + (items.size() - most) + " more") : Stream.of());
    }

    private static List<KeyValue.Part> missing(KeyValue from, KeyValue in) {
        var values = new HashSet<>(in.values());
        return from.parts().stream()
                .filter(part -> !values.contains(part.value()))
                .toList();
    }
}
