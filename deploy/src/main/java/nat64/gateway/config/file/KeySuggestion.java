// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Suggests the key that was meant where an unknown one is written. */
final class KeySuggestion {

    private KeySuggestion() {}

    static String of(String key, Collection<String> known) {
        var siblings = known.stream()
                .filter(candidate -> parent(candidate).equals(parent(key)))
                .toList();
        return nearest(key, siblings)
                .or(() -> nearest(key, known))
                .map(meant -> "did you mean " + meant + "?")
                .orElseGet(() -> "the keys here are "
                        + siblings.stream().map(KeySuggestion::name).collect(Collectors.joining(", ")));
    }

    private static Optional<String> nearest(String key, Collection<String> candidates) {
        var wanted = plain(key);
        int farthest = Math.max(1, wanted.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(wanted, plain(candidate)) <= farthest)
                .min(Comparator.comparingInt(candidate -> distance(wanted, plain(candidate))));
    }

    private static String parent(String key) {
        return key.substring(0, Math.max(0, key.lastIndexOf('.')));
    }

    private static String name(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** The last part without what camelCase, snake_case and kebab-case differ in. */
    private static String plain(String key) {
        return name(key).replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's: how many characters to insert, delete or replace. */
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
