// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of one section, in the order in which they are declared. A section declares them as constants while its
 * class is initialized, and never adds one later; after that, any thread may read them.
 */
public final class Keys {

    private final String path;
    private final OnChange onChange;
    private final List<Key> keys = new ArrayList<>();

    private Keys(String path, OnChange onChange) {
        this.path = path;
        this.onChange = onChange;
    }

    /** Of a section, such as {@code translator.device}; the empty path is the top of the file. */
    public static Keys section(String path) {
        return new Keys(path, OnChange.RESTART);
    }

    public String path() {
        return path;
    }

    /** Those declared here, without those of list items. */
    public List<Key> all() {
        return Collections.unmodifiableList(keys);
    }

    /** Those declared here, each followed by those of its list items. */
    public Stream<Key> deep() {
        return keys.stream()
                .flatMap(key -> key instanceof ItemsKey items
                        ? Stream.concat(Stream.of(key), items.keys().deep())
                        : Stream.of(key));
    }

    public <T> ValueKey<T> value(String name, String byDefault, Format<T> format, OnChange onChange, String meaning) {
        return added(new ValueKey<>(about(name, byDefault, onChange, meaning), format));
    }

    /** Of a list item: a change needs what a change of the list needs. */
    public <T> ValueKey<T> value(String name, String byDefault, Format<T> format, String meaning) {
        return value(name, byDefault, format, onChange, meaning);
    }

    /** A list with at least one value. */
    public <T> ListKey<T> list(String name, String byDefault, Format<T> format, OnChange onChange, String meaning) {
        return added(new ListKey<>(about(name, byDefault, onChange, meaning), format, false));
    }

    /** Of a list item: a list with at least one value. */
    public <T> ListKey<T> list(String name, String byDefault, Format<T> format, String meaning) {
        return list(name, byDefault, format, onChange, meaning);
    }

    public <T> ListKey<T> listOrEmpty(
            String name, String byDefault, Format<T> format, OnChange onChange, String meaning) {
        return added(new ListKey<>(about(name, byDefault, onChange, meaning), format, true));
    }

    /** A list with at least one mapping, whose keys are then declared on its {@link ItemsKey#keys}. */
    public ItemsKey items(String name, String byDefault, OnChange onChange, String meaning) {
        var about = about(name, byDefault, onChange, meaning);
        return added(new ItemsKey(about, new Keys(about.path(), onChange), byDefault, false));
    }

    /** As {@link #items(String, String, OnChange, String)}, where the word that is the default stands for a list. */
    public ItemsKey items(String name, String word, String list, OnChange onChange, String meaning) {
        var about = about(name, word, onChange, meaning);
        return added(new ItemsKey(about, new Keys(about.path(), onChange), list, false));
    }

    public ItemsKey itemsOrEmpty(String name, String byDefault, String example, OnChange onChange, String meaning) {
        var about = about(name, byDefault, onChange, meaning);
        return added(new ItemsKey(about, new Keys(about.path(), onChange), example, true));
    }

    public <K, T> MapKey<K, T> map(
            String name, Format<K> keyFormat, Format<T> format, OnChange onChange, String meaning) {
        return added(new MapKey<>(about(name, "{}", onChange, meaning), keyFormat, format));
    }

    private Key.About about(String name, String byDefault, OnChange change, String meaning) {
        return new Key.About(path.isEmpty() ? name : path + "." + name, byDefault, change, meaning);
    }

    private <K extends Key> K added(K key) {
        keys.add(key);
        return key;
    }
}
