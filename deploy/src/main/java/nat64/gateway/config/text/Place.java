// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

/**
 * Where something stands.
 *
 * @param line counted from 1; 0 if it is a default, which stands nowhere, or the file as a whole
 */
public record Place(Source source, int line) {

    /** Of a default. */
    public static final Place DEFAULT = new Place(Source.NONE, 0);

    public boolean isDefault() {
        return line == 0;
    }

    /** For the message about another place. */
    @Override
    public String toString() {
        if (isDefault()) {
            return "by default";
        }
        return source.hasToBeNamed() ? "in " + source.name() + ":" + line : "in line " + line;
    }
}
