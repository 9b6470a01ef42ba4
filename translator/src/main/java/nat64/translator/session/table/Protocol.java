// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.util.Locale;

/** The protocols that have a BIB and a session table each (RFC 6146, section 3). */
public enum Protocol {
    TCP,
    UDP,
    ICMP;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as metrics and reports spell it. */
    public String label() {
        return label;
    }
}
