// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

/** A value and where it stands; line 0 is a default, which stands nowhere. */
public record Located<T>(T value, int line, String key) {

    public <R> Located<R> with(R other) {
        return new Located<>(other, line, key);
    }

    /** Where it stands, for the message about another value. */
    public String place() {
        return line == 0 ? "by default" : "in line " + line;
    }

    public boolean isDefault() {
        return line == 0;
    }
}
