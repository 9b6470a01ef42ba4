// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import java.util.regex.Pattern;

/** Parses the length after the slash of a prefix. */
final class PrefixLength {

    private static final Pattern DIGITS = Pattern.compile("\\d{1,3}");

    private PrefixLength() {}

    static int parse(String prefix, int slash, int longest) {
        var digits = prefix.substring(slash + 1);
        if (!DIGITS.matcher(digits).matches() || Integer.parseInt(digits) > longest) {
            throw new IllegalArgumentException(
                    "the prefix length of %s must be a number from 0 to %d".formatted(prefix, longest));
        }
        return Integer.parseInt(digits);
    }
}
