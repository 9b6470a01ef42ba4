// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.statistics;

import java.util.Locale;

/** Why a query was answered as it was. Each answer has exactly one. The label is the value of {@code reason}. */
public enum AnswerReason {
    /** RFC 6147, section 5.1.1: there are real AAAA records. */
    NATIVE("RFC 6147, section 5.1.1", "There are real AAAA records."),
    /** RFC 6147, section 5.1.7: AAAA records were made from A records, because there are no others. */
    SYNTHESIZED("RFC 6147, section 5.1.7", "AAAA records were made from A records, because there are no others."),
    /** RFC 6147, section 5.1.2: the same, because the AAAA question ended in an error. */
    SYNTHESIZED_AFTER_FAILURE(
            "RFC 6147, section 5.1.2",
            "AAAA records were made from A records, because the AAAA question ended in an error."),
    /** RFC 6147, section 5.1.3: the same, because the AAAA question got no answer. */
    SYNTHESIZED_AFTER_TIMEOUT(
            "RFC 6147, section 5.1.3",
            "AAAA records were made from A records, because the AAAA question got no answer."),
    /** RFC 6147, section 5.1.1: the same, because the operator wants it for this domain, whatever there is. */
    SYNTHESIZED_BY_FORCE(
            "RFC 6147, section 5.1.1; dns64.domains",
            "AAAA records were made from A records, because the operator wants it for this domain, whatever there is."),
    /** RFC 8767: the time of what is known was up, and no upstream knew more; AAAA records may be made of it. */
    STALE(
            "RFC 8767, section 4",
            "The time of what is known was up, and no upstream knew more; AAAA records may be made of it."),
    /** The name has neither usable AAAA records nor usable A records. */
    NODATA("RFC 6147, section 5.1.6", "The name has neither usable AAAA records nor usable A records."),
    /** RFC 6147, section 5.1.7: there are A records, but no Pref64 may carry their addresses. */
    NOT_MAPPED("RFC 6147, section 5.1.7", "There are A records, but no Pref64 may carry their addresses."),
    /** There are no real AAAA records, and for names of this domain none are made. */
    EXCLUDED_DOMAIN("dns64.domains", "There are no real AAAA records, and for names of this domain none are made."),
    /** There are no real AAAA records, and for this client, or after such an outcome, none are made. */
    SYNTHESIS_OFF(
            "dns64.synthesize, dns64.synthesize-on",
            "There are no real AAAA records, and for this client, or after such an outcome, none are made."),
    /** AAAA records of this domain are not shown. */
    FILTERED("dns64.domains", "AAAA records of this domain are not shown."),
    /** A name of a stranger has addresses of private networks, which are not shown. */
    PRIVATE_ADDRESS(
            "dns64.rebinding-protection", "Addresses of private networks are not shown for names of this domain."),
    /** The name does not exist. */
    NXDOMAIN("RFC 6147, section 5.1.2", "The name does not exist."),
    /** RFC 8880, RFC 9462, RFC 6303, RFC 6761: ipv4only.arpa and what else is answered here. */
    LOCAL("RFC 8880, RFC 9462, RFC 6303, RFC 6761", "The name is answered here."),
    /**
     * The name by which browsers ask whether a resolver of their own is welcome: it does not know the Pref64, so it is
     * not.
     */
    BROWSER_CANARY(
            "dns64.browser-canary",
            "Browsers ask by this name whether to use a resolver of their own; it does not know the Pref64, so no."),
    /** RFC 6147, section 5.3.1: a reverse name inside a Pref64. */
    PTR("RFC 6147, section 5.3.1", "It is a reverse name inside a Pref64."),
    /** RFC 6147, section 5.3.3: another type. */
    PASSED_THROUGH("RFC 6147, section 5.3.3", "Nothing is made for this type, so it is what the upstream says."),
    /** RFC 6147, section 5.1: another class than IN. */
    OTHER_CLASS("RFC 6147, section 5.1", "Nothing is made for other classes than IN."),
    /** The client set CD, so it wants what there is (see synthesize-with-cd). */
    CHECKING_DISABLED("dns64.synthesize-with-cd", "The client set CD, so it wants what there is."),
    /** RFC 6147, section 5.5: the client set CD and DO, so it checks signatures itself, and nothing may be made. */
    VALIDATING_CLIENT(
            "RFC 6147, section 5.5",
            "The client set CD and DO, so it checks signatures itself, and nothing may be made."),
    /** RFC 6147, section 5.5: signatures are wrong or missing, so nothing may be made. */
    BOGUS("RFC 6147, section 5.5", "Signatures are wrong or missing, so nothing may be made."),
    /** All upstreams gave errors. */
    UPSTREAM_FAILED("RFC 6147, section 5.1.6", "All upstreams gave errors."),
    /** No upstream gave an answer in time. */
    UPSTREAM_TIMEOUT("RFC 6147, section 5.1.6", "No upstream gave an answer in time."),
    /** An upstream forwards questions back to this server: what came is a question of our own. */
    FORWARDING_LOOP(
            "RFC 1035, section 7.1", "An upstream forwards questions back to this server: this one is of our own."),
    /** The client is not among those who are served. */
    REFUSED_CLIENT("clients", "The client is not among those who are served."),
    /** Zone transfers. */
    REFUSED_TYPE("RFC 5936, section 2", "Zone transfers are refused."),
    /** The client did not ask for recursion, and nothing is known here. */
    REFUSED_RECURSION("RFC 1035, section 4.1.1", "The client did not ask for recursion, and nothing is known here."),
    /** RFC 8482: ANY is answered over TCP only. */
    ONLY_OVER_TCP("RFC 8482, section 4", "ANY is answered over TCP only."),
    /** Not a well-formed query. */
    MALFORMED("RFC 1035, section 4.1", "It is not a well-formed query."),
    /** A message over a connection that is longer than any query. */
    TOO_LONG("RFC 1035, section 4.2.2", "The message is longer than 4096 bytes, more than any query needs."),
    /** An opcode or type that no forwarder serves. */
    NOT_IMPLEMENTED("RFC 1035, section 4.1.1", "No forwarder serves this opcode or type."),
    /** RFC 7873, section 5.4: no question, but a cookie. */
    COOKIES_ONLY("RFC 7873, section 5.4", "It has no question: the client only wants a cookie."),
    /** RFC 6891, section 6.1.3: an EDNS version above 0. */
    BAD_VERSION("RFC 6891, section 6.1.3", "The EDNS version is above 0."),
    /** More responses over UDP than one network may get without a cookie; TCP is not limited. */
    RATE_LIMITED(
            "RFC 7873, section 5.2.3; dns64.udp-responses-per-second",
            "The network of the client has reached its rate of UDP responses without a cookie; use TCP."),
    /** The network of the client has had so many large answers that the next ones have to wait. */
    TOO_EXPENSIVE(
            "dns64.client-prefix-v6",
            "The network of the client has had many large answers, and gets no more for now."),
    /** The network of the client has as many queries waiting as one may have. */
    TOO_MANY_QUERIES(
            "RFC 1035, section 4.1.1", "The network of the client has as many queries waiting as one may have."),
    /** As many queries as allowed are waiting, and this one had waited longest. */
    OVERLOADED("RFC 1035, section 4.1.1", "As many queries as allowed are waiting, and this one had waited longest."),
    /** A defect of this program; see the log. */
    INTERNAL_ERROR("RFC 1035, section 4.1.1", "A defect of this program; see the log.");

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String rule;
    private final String meaning;

    AnswerReason(String rule, String meaning) {
        this.rule = rule;
        this.meaning = meaning;
    }

    /** Document and section behind it, or the configuration key. */
    public String rule() {
        return rule;
    }

    /** What it means, a sentence. */
    public String meaning() {
        return meaning;
    }

    /** The name in lower case, as metrics and reports spell it. */
    public String label() {
        return label;
    }
}
