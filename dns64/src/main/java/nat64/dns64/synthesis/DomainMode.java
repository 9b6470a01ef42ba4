// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.Locale;

/** What becomes of AAAA questions about the names of a domain. */
public enum DomainMode {
    /** RFC 6147: real AAAA records if there are any, else AAAA records made from A records. */
    SYNTHESIZE,
    /**
     * RFC 6147, section 5.1.1, the exception: AAAA records made from A records; real ones only if there is no A record.
     */
    FORCE,
    /** Real AAAA records only. */
    NEVER,
    /** No AAAA records at all. */
    FILTER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as reports spell it. */
    public String label() {
        return label;
    }
}
