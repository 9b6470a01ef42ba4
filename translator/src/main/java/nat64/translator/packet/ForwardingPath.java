// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.util.Locale;

/** Which way a translated packet took. */
public enum ForwardingPath {
    /** From one IP version to the other. */
    TRANSLATED,
    /** From IPv6 to IPv4 and back (RFC 6146, section 3.8; RFC 7757, section 4.2.2). */
    HAIRPINNED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of {@code path} in metrics. */
    public String label() {
        return label;
    }
}
