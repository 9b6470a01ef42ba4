// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

/**
 * A key with a list of mappings.
 *
 * @param keys of each mapping; a change of one of them is a change of the list
 * @param example a list, shown when a wrong one was found; where the default is a word, what it stands for
 */
public record ItemsKey(About about, Keys keys, String example, boolean mayBeEmpty) implements Key {

    /** Whether the file may have the default, a word, in place of a list. */
    public boolean hasWord() {
        return !byDefault().startsWith("[");
    }

    /** The list that holds where the file has none. */
    String defaultList() {
        return hasWord() ? example : byDefault();
    }
}
