// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

/** A value and where it stands; line 0 is a default, which stands nowhere. */
record Located<T>(T value, int line, String key) {

    <R> Located<R> with(R other) {
        return new Located<>(other, line, key);
    }

    /** Where it stands, for the message about another value. */
    String place() {
        return line == 0 ? "by default" : "in line " + line;
    }

    boolean isDefault() {
        return line == 0;
    }
}
