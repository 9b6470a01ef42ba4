// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.statistics;

import java.util.Locale;

/** Why a message or a connection got no answer at all. The label is the value of {@code reason}. */
public enum DropReason {
    /** Fewer bytes than a DNS header. */
    TOO_SHORT,
    /** A response, where only queries are expected: an answer could start a loop. */
    RESPONSE,
    /** An encrypted connection of a client that is not among those who are served. */
    REFUSED_CLIENT,
    /** A connection on which TLS was expected, and did not come about in time. */
    NO_TLS,
    /** An HTTP request that holds no query: another path, method, media type or parameter, or too many bytes. */
    BAD_HTTP_REQUEST,
    /**
     * There are as many connections as allowed, of this network or of all. The longest idle one was closed for a new
     * one, or the new one if none was idle.
     */
    TOO_MANY_CONNECTIONS,
    /** The client was gone, or its network did not take the answer. */
    NOT_SENT,
    /** A defect of this program; see the log. */
    INTERNAL_ERROR;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as metrics and reports spell it. */
    public String label() {
        return label;
    }
}
