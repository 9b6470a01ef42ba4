// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.util.Locale;

/** The protocols that have a BIB and a session table each (RFC 6146, section 3). */
public enum Protocol {
    TCP(0),
    UDP(1),
    ICMP(2);

    private static final Protocol[] BY_CODE = new Protocol[values().length];

    static {
        for (var protocol : values()) {
            BY_CODE[protocol.code] = protocol;
        }
    }

    private final byte code;
    private final String label = name().toLowerCase(Locale.ROOT);

    Protocol(int code) {
        this.code = (byte) code;
    }

    /** How many there are: codes run from 0 on. */
    public static int count() {
        return BY_CODE.length;
    }

    /** The protocol of a code. */
    public static Protocol of(int code) {
        return BY_CODE[code];
    }

    /** The byte that stands for the protocol in records; it never changes. */
    public byte code() {
        return code;
    }

    /** The name in lower case, as metrics and reports spell it. */
    public String label() {
        return label;
    }
}
