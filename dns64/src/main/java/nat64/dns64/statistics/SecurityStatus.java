// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.statistics;

import java.util.Locale;

/** The security status of an answer whose signatures were checked (RFC 4033, section 5). */
public enum SecurityStatus {
    /** Signatures lead from a trust anchor to all of it. */
    SECURE,
    /** It is proven that there need be no signatures, or no trust anchor is above it. */
    INSECURE,
    /** Signatures are wrong or missing. */
    BOGUS,
    /** Keys could not be had, or not in time. */
    UNFINISHED,
    /** Too many others were being checked. */
    OVERLOADED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as metrics spell it. */
    public String label() {
        return label;
    }
}
