// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.statistics;

import java.util.Locale;

/** How a query came. */
public enum Transport {
    UDP(0),
    TCP(10),
    /** DNS over TLS (RFC 7858). */
    TLS(30),
    /** DNS over HTTPS (RFC 8484). */
    HTTPS(30);

    private final String label = name().toLowerCase(Locale.ROOT);
    private final int idleSeconds;

    Transport(int idleSeconds) {
        this.idleSeconds = idleSeconds;
    }

    /** The name in lower case, as metrics and reports spell it. */
    public String label() {
        return label;
    }

    /**
     * How long a connection lives without a query. "Of the order of seconds" (RFC 7766, section 6.2.3); longer where a
     * new one costs a handshake (RFC 7858, section 3.4).
     */
    public int idleSeconds() {
        return idleSeconds;
    }
}
