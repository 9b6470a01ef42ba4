// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds what a list has twice: remembers for each key the item that had it first. */
public final class FirstGiven<K, T> {

    private final Map<K, Located<T>> first = new HashMap<>();

    /** The earlier item with the same key; if there is none, remembers this one. */
    public Optional<Located<T>> before(K key, Located<T> item) {
        return Optional.ofNullable(first.putIfAbsent(key, item));
    }
}
