// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.util.Locale;

/** Why a query was answered as it was. Each answer has exactly one. The label is the value of {@code reason}. */
public enum AnswerReason {
    /** RFC 6147, section 5.1.1: there are real AAAA records. */
    NATIVE,
    /** RFC 6147, section 5.1.7: AAAA records were made from A records, because there are no others. */
    SYNTHESIZED,
    /** RFC 6147, section 5.1.2: the same, because the AAAA question ended in an error. */
    SYNTHESIZED_AFTER_FAILURE,
    /** RFC 6147, section 5.1.3: the same, because the AAAA question got no answer. */
    SYNTHESIZED_AFTER_TIMEOUT,
    /** RFC 6147, section 5.1.1: the same, because the operator wants it for this domain, whatever there is. */
    SYNTHESIZED_BY_FORCE,
    /** The name has neither usable AAAA records nor usable A records. */
    NODATA,
    /** RFC 6147, section 5.1.7: there are A records, but no Pref64 may carry their addresses. */
    NOT_MAPPED,
    /** There are no real AAAA records, and for names of this domain none are made. */
    EXCLUDED_DOMAIN,
    /** There are no real AAAA records, and for this client, or after such an outcome, none are made. */
    SYNTHESIS_OFF,
    /** AAAA records of this domain are not shown. */
    FILTERED,
    /** The name does not exist. */
    NXDOMAIN,
    /** RFC 8880, RFC 9462, RFC 6303, RFC 6761: ipv4only.arpa and what else is answered here. */
    LOCAL,
    /** RFC 6147, section 5.3.1: a reverse name inside a Pref64. */
    PTR,
    /** RFC 6147, section 5.3.3: another type. */
    PASSED_THROUGH,
    /** RFC 6147, section 5.1: another class than IN. */
    OTHER_CLASS,
    /** The client set CD, so it wants what there is (see synthesize-with-cd). */
    CHECKING_DISABLED,
    /** RFC 6147, section 5.5: the client set CD and DO, so it checks signatures itself, and nothing may be made. */
    VALIDATING_CLIENT,
    /** RFC 6147, section 5.5: the upstream found wrong signatures, so nothing may be made. */
    BOGUS,
    /** All upstreams gave errors. */
    UPSTREAM_FAILED,
    /** No upstream gave an answer in time. */
    UPSTREAM_TIMEOUT,
    /** The client is not among those who are served. */
    REFUSED_CLIENT,
    /** Zone transfers. */
    REFUSED_TYPE,
    /** The client did not ask for recursion, and there is nothing else here. */
    REFUSED_RECURSION,
    /** RFC 8482: ANY is answered over TCP only. */
    ONLY_OVER_TCP,
    /** Not a well-formed query. */
    MALFORMED,
    /** An opcode or type that no forwarder serves. */
    NOT_IMPLEMENTED,
    /** RFC 6891, section 6.1.3: an EDNS version above 0. */
    BAD_VERSION,
    /** More responses over UDP than one network gets without a cookie; over TCP there is no limit. */
    RATE_LIMITED,
    /** The client has as many queries waiting as one may have. */
    TOO_MANY_QUERIES,
    /** As many queries as allowed are waiting, and this one had waited longest. */
    OVERLOADED,
    /** A defect of this program; the log tells more. */
    INTERNAL_ERROR;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as metrics and reports spell it. */
    public String label() {
        return label;
    }
}
