// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import java.util.regex.Pattern;
import nat64.gateway.config.file.Format;

/** Names that Linux takes for a device. */
final class DeviceNames {

    static final Format<String> FORMAT = new Format<>("nat64", DeviceNames::deviceName);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final int LONGEST_NAME = 15; // IFNAMSIZ, less the final zero
    private static final List<String> TAKEN_NAMES = List.of("lo", "all", "default");

    private DeviceNames() {}

    private static String deviceName(String text) {
        if (text.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "%s has %d characters, Linux takes %d".formatted(text, text.length(), LONGEST_NAME));
        }
        if (!NAME.matcher(text).matches() || TAKEN_NAMES.contains(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no device name; use letters, digits, '_', '-' and '.', not first '-' or"
                            + " '.', and none of " + String.join(", ", TAKEN_NAMES));
        }
        return text;
    }
}
