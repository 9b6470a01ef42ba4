// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import nat64.dns64.cache.MessageCache;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.synthesis.LocalAnswer;
import nat64.dns64.synthesis.Plan;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What a client gets.
 *
 * @param authoritative the AA bit: answered from what is defined here
 * @param truncated the TC bit: the client has to ask again over TCP
 * @param repeatable whether other clients may get the same while its TTLs last
 * @param error details of a failure for clients with EDNS (RFC 8914), or null
 */
public record Answer(
        int rcode,
        AnswerReason reason,
        Sections sections,
        boolean authoritative,
        boolean truncated,
        boolean repeatable,
        @Nullable ExtendedErrorCodeOption error) {

    public static Answer of(Plan plan) {
        return markedStale(
                switch (plan) {
                    case Plan.Native(var sections) -> positive(sections, AnswerReason.NATIVE);
                    case Plan.Synthesized(var sections, var basis) -> synthesized(sections, basis);
                    case Plan.Alias(var sections) -> positive(sections, AnswerReason.PTR);
                    case Plan.NoData(var sections, var absence) -> positive(sections, reason(absence));
                    case Plan.NxDomain(var sections) -> nxDomain(sections, AnswerReason.NXDOMAIN);
                    case Plan.Failed(var cause) -> failed(cause);
                });
    }

    /** What the upstream said, unchanged for this reason. */
    public static Answer passedThrough(Outcome outcome, AnswerReason reason) {
        return markedStale(
                switch (outcome) {
                    case Outcome.Data(var sections) -> positive(sections, reason);
                    case Outcome.NoData(var sections) -> positive(sections, reason);
                    case Outcome.NxDomain(var sections) -> nxDomain(sections, reason);
                    case Outcome.Unanswered cause -> failed(cause);
                });
    }

    /** What is stale is not kept ready: the next client may find an upstream that works. */
    private static Answer markedStale(Answer answer) {
        if (!answer.sections.stale()) {
            return answer;
        }
        int code = answer.rcode == Rcode.NXDOMAIN
                ? ExtendedErrorCodeOption.STALE_NXDOMAIN_ANSWER
                : ExtendedErrorCodeOption.STALE_ANSWER;
        return new Answer(
                answer.rcode,
                AnswerReason.STALE,
                answer.sections,
                false,
                false,
                false,
                explained(code, AnswerReason.STALE));
    }

    public static Answer local(LocalAnswer local, AnswerReason reason) {
        return new Answer(local.rcode(), reason, local.sections(), true, false, false, null);
    }

    public static Answer error(int rcode, AnswerReason reason) {
        return new Answer(rcode, reason, Sections.EMPTY, false, false, false, null);
    }

    public static Answer error(int rcode, AnswerReason reason, int extendedError) {
        return new Answer(rcode, reason, Sections.EMPTY, false, false, false, explained(extendedError, reason));
    }

    /** Nothing but the TC bit: the client has to ask again over TCP. */
    public static Answer onlyOverTcp(AnswerReason reason) {
        return new Answer(Rcode.NOERROR, reason, Sections.EMPTY, false, true, false, null);
    }

    private static Answer positive(Sections sections, AnswerReason reason) {
        return new Answer(Rcode.NOERROR, reason, sections, false, false, true, extendedError(reason));
    }

    private static Answer nxDomain(Sections sections, AnswerReason reason) {
        return new Answer(Rcode.NXDOMAIN, reason, sections, false, false, true, null);
    }

    /** What was synthesized after a failure, or without a SOA record, is not stored: the failure may end soon. */
    private static Answer synthesized(Sections sections, Plan.Basis basis) {
        boolean lasts = basis == Plan.Basis.NO_AAAA || basis == Plan.Basis.FORCED;
        var reason = reason(basis);
        return new Answer(Rcode.NOERROR, reason, sections, false, false, lasts, extendedError(reason));
    }

    /** RFC 8914: what the answer does not show by itself. */
    private static @Nullable ExtendedErrorCodeOption extendedError(AnswerReason reason) {
        return switch (reason) {
            case SYNTHESIZED, SYNTHESIZED_AFTER_FAILURE, SYNTHESIZED_AFTER_TIMEOUT, SYNTHESIZED_BY_FORCE ->
                explained(ExtendedErrorCodeOption.SYNTHESIZED, reason);
            case FILTERED -> explained(ExtendedErrorCodeOption.FILTERED, reason);
            case PRIVATE_ADDRESS -> explained(ExtendedErrorCodeOption.BLOCKED, reason);
            case NOT_MAPPED, EXCLUDED_DOMAIN, SYNTHESIS_OFF -> explained(ExtendedErrorCodeOption.OTHER, reason);
            default -> null;
        };
    }

    /** The text is the reason as metrics and the query log spell it. */
    private static ExtendedErrorCodeOption explained(int code, AnswerReason reason) {
        return new ExtendedErrorCodeOption(code, reason.label());
    }

    /**
     * Whether the AD bit is set, because signatures prove all of it: those who set DO, or AD (RFC 6840, section 5.8).
     * For clients without DO that never goes for what was made (RFC 6147, section 5.5, case 1).
     */
    boolean isAuthenticFor(Query query) {
        return sections.secure() && (query.dnssecOk() || (query.authenticData() && !isMade()));
    }

    private boolean isMade() {
        return switch (reason) {
            case SYNTHESIZED, SYNTHESIZED_AFTER_FAILURE, SYNTHESIZED_AFTER_TIMEOUT, SYNTHESIZED_BY_FORCE, STALE, PTR ->
                true;
            default -> false;
        };
    }

    /** The same without the proofs that only clients with DO get, but for those of the type that was asked for. */
    Answer withoutProofs(int type) {
        var rest = sections.where(record -> !isProof(record, type));
        return rest.size() == sections.size()
                ? this
                : new Answer(rcode, reason, rest, authoritative, truncated, repeatable, error);
    }

    /** RFC 4035, section 3.2.1. */
    private static boolean isProof(Record record, int asked) {
        int type = record.getType();
        return type != asked && asked != Type.ANY && (type == Type.RRSIG || type == Type.NSEC || type == Type.NSEC3);
    }

    /** Seconds for which other clients may get the same. */
    long lifetime(int type) {
        if (!repeatable) {
            return 0;
        }
        long ofRecords = sections.lowestTtl().orElse(0);
        boolean positive = rcode == Rcode.NOERROR && sections.answers(type);
        if (positive && reason != AnswerReason.SYNTHESIZED) {
            return ofRecords;
        }
        long ofDenial = positive
                ? MessageCache.MAX_NEGATIVE_SECONDS
                : sections.negativeTtl().orElse(0);
        return Math.min(Math.min(ofRecords, ofDenial), MessageCache.MAX_NEGATIVE_SECONDS);
    }

    /** SERVFAIL, because other errors of an upstream are about us and not about the client. */
    private static Answer failed(Outcome.Unanswered cause) {
        return switch (cause) {
            case Outcome.Timeout _ ->
                error(Rcode.SERVFAIL, AnswerReason.UPSTREAM_TIMEOUT, ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY);
            case Outcome.Bogus(int code) -> error(Rcode.SERVFAIL, AnswerReason.BOGUS, code);
            case Outcome.Failure(int rcode)
            when rcode == Rcode.YXDOMAIN -> error(Rcode.YXDOMAIN, AnswerReason.UPSTREAM_FAILED);
            case Outcome.Failure(int rcode) ->
                new Answer(
                        Rcode.SERVFAIL,
                        AnswerReason.UPSTREAM_FAILED,
                        Sections.EMPTY,
                        false,
                        false,
                        false,
                        new ExtendedErrorCodeOption(
                                ExtendedErrorCodeOption.NETWORK_ERROR,
                                AnswerReason.UPSTREAM_FAILED.label() + ": " + Rcode.string(rcode)));
        };
    }

    private static AnswerReason reason(Plan.Basis basis) {
        return switch (basis) {
            case NO_AAAA, NO_AAAA_FOR_NOW -> AnswerReason.SYNTHESIZED;
            case FAILURE -> AnswerReason.SYNTHESIZED_AFTER_FAILURE;
            case TIMEOUT -> AnswerReason.SYNTHESIZED_AFTER_TIMEOUT;
            case FORCED -> AnswerReason.SYNTHESIZED_BY_FORCE;
        };
    }

    private static AnswerReason reason(Plan.Absence absence) {
        return switch (absence) {
            case NO_RECORDS -> AnswerReason.NODATA;
            case NOT_MAPPED -> AnswerReason.NOT_MAPPED;
            case EXCLUDED_DOMAIN -> AnswerReason.EXCLUDED_DOMAIN;
            case SYNTHESIS_OFF -> AnswerReason.SYNTHESIS_OFF;
            case FILTERED -> AnswerReason.FILTERED;
        };
    }
}
