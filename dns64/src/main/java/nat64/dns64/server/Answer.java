// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import nat64.dns64.cache.AnswerCache;
import nat64.dns64.synthesis.LocalAnswer;
import nat64.dns64.synthesis.Outcome;
import nat64.dns64.synthesis.Plan;
import nat64.dns64.synthesis.Sections;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Rcode;

/**
 * What a client is told.
 *
 * @param authoritative the AA bit: answered from what is defined here
 * @param truncated the TC bit: the client shall ask again over TCP
 * @param repeatable whether others may be told the same while its TTLs last
 * @param error tells more about a failure to clients that know EDNS (RFC 8914), or null
 */
record Answer(
        int rcode,
        AnswerReason reason,
        Sections sections,
        boolean authoritative,
        boolean truncated,
        boolean repeatable,
        @Nullable ExtendedErrorCodeOption error) {

    static Answer of(Plan plan) {
        return switch (plan) {
            case Plan.Native(var sections) -> positive(sections, AnswerReason.NATIVE);
            case Plan.Synthesized(var sections, var basis) -> synthesized(sections, basis);
            case Plan.Alias(var sections) -> positive(sections, AnswerReason.PTR);
            case Plan.NoData(var sections) -> positive(sections, AnswerReason.NODATA);
            case Plan.NxDomain(var sections) -> nxDomain(sections, AnswerReason.NXDOMAIN);
            case Plan.Failed(var cause) -> failed(cause);
        };
    }

    /** RFC 6147, section 5.3.3: no change. */
    static Answer passedThrough(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Data(var sections) -> positive(sections, AnswerReason.PASSED_THROUGH);
            case Outcome.NoData(var sections) -> positive(sections, AnswerReason.PASSED_THROUGH);
            case Outcome.NxDomain(var sections) -> nxDomain(sections, AnswerReason.PASSED_THROUGH);
            case Outcome.Unanswered cause -> failed(cause);
        };
    }

    static Answer local(LocalAnswer local) {
        return new Answer(local.rcode(), AnswerReason.LOCAL, local.sections(), true, false, false, null);
    }

    static Answer error(int rcode, AnswerReason reason) {
        return new Answer(rcode, reason, Sections.EMPTY, false, false, false, null);
    }

    static Answer error(int rcode, AnswerReason reason, int extendedError) {
        return new Answer(
                rcode, reason, Sections.EMPTY, false, false, false, new ExtendedErrorCodeOption(extendedError));
    }

    /** Nothing but the TC bit: the client shall ask again over TCP. */
    static Answer onlyOverTcp(AnswerReason reason) {
        return new Answer(Rcode.NOERROR, reason, Sections.EMPTY, false, true, false, null);
    }

    private static Answer positive(Sections sections, AnswerReason reason) {
        return new Answer(Rcode.NOERROR, reason, sections, false, false, true, null);
    }

    private static Answer nxDomain(Sections sections, AnswerReason reason) {
        return new Answer(Rcode.NXDOMAIN, reason, sections, false, false, true, null);
    }

    /** What was made because a question failed, or for want of a SOA record, is made anew each time: it may heal soon. */
    private static Answer synthesized(Sections sections, Plan.Basis basis) {
        boolean lasts = basis == Plan.Basis.NO_AAAA;
        return new Answer(Rcode.NOERROR, reason(basis), sections, false, false, lasts, null);
    }

    /** Seconds for which others may be told the same. */
    long lifetime(int type) {
        if (!repeatable) {
            return 0;
        }
        long ofRecords = sections.lowestTtl().orElse(0);
        boolean positive = rcode == Rcode.NOERROR && sections.answer().stream().anyMatch(r -> r.getType() == type);
        if (positive && reason != AnswerReason.SYNTHESIZED) {
            return ofRecords;
        }
        long ofDenial = positive
                ? AnswerCache.MAX_NEGATIVE_SECONDS
                : sections.negativeTtl().orElse(0);
        return Math.min(Math.min(ofRecords, ofDenial), AnswerCache.MAX_NEGATIVE_SECONDS);
    }

    /** SERVFAIL, because other errors of an upstream are about us and not about the client. */
    private static Answer failed(Outcome.Unanswered cause) {
        return switch (cause) {
            case Outcome.Timeout _ ->
                failed(Rcode.SERVFAIL, ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY, "no upstream answered in time");
            case Outcome.Bogus(int code) -> failed(Rcode.SERVFAIL, code, "the upstream found wrong signatures");
            case Outcome.Failure(int rcode)
            when rcode == Rcode.YXDOMAIN -> error(Rcode.YXDOMAIN, AnswerReason.UPSTREAM_FAILED);
            case Outcome.Failure(int rcode) ->
                failed(
                        Rcode.SERVFAIL,
                        ExtendedErrorCodeOption.NETWORK_ERROR,
                        "no upstream could answer: " + Rcode.string(rcode));
        };
    }

    private static Answer failed(int rcode, int extendedError, String text) {
        return new Answer(
                rcode,
                AnswerReason.UPSTREAM_FAILED,
                Sections.EMPTY,
                false,
                false,
                false,
                new ExtendedErrorCodeOption(extendedError, text));
    }

    private static AnswerReason reason(Plan.Basis basis) {
        return switch (basis) {
            case NO_AAAA, NO_AAAA_FOR_NOW -> AnswerReason.SYNTHESIZED;
            case FAILURE -> AnswerReason.SYNTHESIZED_AFTER_FAILURE;
            case TIMEOUT -> AnswerReason.SYNTHESIZED_AFTER_TIMEOUT;
        };
    }
}
