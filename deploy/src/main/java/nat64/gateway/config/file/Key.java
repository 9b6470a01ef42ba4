// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

/**
 * One key of the file, as data: how its values are written, what holds without it, what a change of it needs, and what
 * it means. The schema, the documentation and the comparison of two configurations are made from these. A key is
 * immutable; it is declared through {@link Keys}.
 */
public sealed interface Key permits ValueKey, ListKey, ItemsKey, MapKey {

    /** In the place of a default: the file must have the key. */
    String REQUIRED = "required";

    /** In the place of a default: the value of a key elsewhere holds. */
    String INHERIT = "inherit";

    About about();

    /** All keys on the way from the top, such as {@code translator.pool4.prefix}. */
    default String path() {
        return about().path();
    }

    /** The last part of the path, as it is written in the file. */
    default String name() {
        return path().substring(path().lastIndexOf('.') + 1);
    }

    /** The default as YAML, {@link #REQUIRED} or {@link #INHERIT}. */
    default String byDefault() {
        return about().byDefault();
    }

    /** What all kinds of keys have. */
    record About(String path, String byDefault, OnChange onChange, String meaning) {}
}
