// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.util.Locale;

/**
 * The steps of a packet's line, in the order in which a packet takes them. A stateless translator has no {@link
 * #TUPLE}, {@link #CLIENT}, {@link #POLICY}, {@link #BINDING} and {@link #SESSION}; an ICMP error has no {@link
 * #CLIENT} and no {@link #POLICY}.
 */
public enum Step {
    /** The parser finds the headers. */
    HEADERS,
    /** Source and destination belong to what is translated. */
    ADDRESSES,
    /** The hop limit or TTL is large enough to be decremented. */
    HOP_LIMIT,
    /** The packet fits the next link, or may be fragmented. */
    SIZE,
    /** RFC 6146, section 3.4: the incoming tuple. */
    TUPLE,
    /** RFC 6146, section 3.5: the source may open sessions. */
    CLIENT,
    /** RFC 6146, section 3.5: the destination may be reached. */
    POLICY,
    /** RFC 6146, section 3.5: the binding is found or created. */
    BINDING,
    /** RFC 6146, section 3.5: the session is found, created or updated. */
    SESSION,
    /** RFC 6146, section 3.6: the outgoing tuple; without state, the two addresses of the other IP version. */
    OUTGOING,
    /** RFC 7915: the headers are rewritten. */
    TRANSLATION,
    /** RFC 6146, section 3.8; RFC 7757, section 4.2.2: the packet goes back to the side that it came from. */
    HAIRPINNING,
    /** The packet is handed to the device, whole or in fragments. */
    SENDING;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', ' ');

    /** The name in lower case, as reports spell it. */
    public String label() {
        return label;
    }
}
