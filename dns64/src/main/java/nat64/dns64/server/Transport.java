// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.util.Locale;

/** How a query came. */
public enum Transport {
    UDP,
    TCP;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as metrics and reports spell it. */
    public String label() {
        return label;
    }
}
