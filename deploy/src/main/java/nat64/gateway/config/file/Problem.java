// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

/**
 * What is wrong, or dangerous, at one place of a configuration file.
 *
 * @param line counted from 1; 0 if it is about the file as a whole
 * @param key the path of the key, such as {@code translator.pool4}; empty if it is about no key
 * @param text what is wrong, and after a semicolon the remedy
 */
public record Problem(String file, int line, String key, String text) {

    /** {@code FILE:LINE: KEY: TEXT}. */
    @Override
    public String toString() {
        var place = line == 0 ? file : file + ":" + line;
        return place + ": " + (key.isEmpty() ? "" : key + ": ") + text;
    }
}
