// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import java.io.IOException;
import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * dnsjava's validator (RFC 4035, section 5), with a limit to all that one answer may cost: signatures, hashes, keys
 * that are looked up, and time (CVE-2023-50387, CVE-2023-50868). Safe for many threads.
 */
final class SignatureCheck {

    /** Signatures of one answer; sixteen aliases with a wildcard each have fewer. */
    static final int MOST_SIGNATURES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(SignatureCheck.class);
    private static final Properties LIMITS = limits();

    private final ValidatingResolver validator;
    private final Consumer<Question> forget;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Executor threads;

    /**
     * @param source looks up keys
     * @param forget makes the source forget keys that may be what is wrong
     */
    SignatureCheck(Upstream source, Consumer<Question> forget, TrustAnchors anchors, CheckRuntime runtime) {
        this.forget = forget;
        this.clock = runtime.clock();
        this.nanoTime = runtime.nanoTime();
        this.threads = runtime.threads();
        this.validator = new ValidatingResolver(new UpstreamResolver(source, anchors), runtime.clock());
        validator.setAddReasonToAdditional(true);
        try {
            validator.init(LIMITS);
        } catch (IOException e) {
            throw new IllegalStateException("no file of trust anchors was named that could be unreadable", e);
        }
        validator.getTrustAnchors().clear(); // those that a system property may have named
        anchors.putInto(validator.getTrustAnchors());
    }

    /** What dnsjava keeps to, whatever its defaults become. */
    private static Properties limits() {
        var limits = new Properties();
        limits.setProperty("dnsjava.dnssec.max_validate_rrsigs", "8"); // of one set
        limits.setProperty("dnsjava.dnssec.max_ds_match_failures", "4"); // keys with the same tag
        limits.setProperty("dnsjava.dnssec.nsec3.iterations.65535", "150"); // of one hash, whatever the size of the key
        limits.setProperty("dnsjava.dnssec.keycache.max_size", "4096");
        limits.setProperty("dnsjava.dnssec.keycache.max_ttl", "900"); // seconds
        return limits;
    }

    /** Checks an answer without what is not {@link AnswerScrubber}. The stage never fails. */
    CompletionStage<ValidationResult> check(Question question, Outcome.Answered provable, long deadlineNanos) {
        if (AnswerScrubber.signatures(provable.sections()) > MOST_SIGNATURES) {
            return CompletableFuture.completedStage(new ValidationResult.Bogus(ExtendedErrorCodeOption.DNSSEC_BOGUS));
        }
        return run(question, provable.with(AnswerScrubber.forValidator(question, provable)), deadlineNanos)
                .thenCompose(finding -> finding instanceof ValidationResult.Unexplained
                        ? checkDenial(question, provable, deadlineNanos)
                        : CompletableFuture.completedStage(explained(finding, provable)));
    }

    /** dnsjava says of an answer only that it is wrong; most often its time is over, or has not come. */
    private ValidationResult explained(ValidationResult finding, Outcome.Answered provable) {
        if (!(finding instanceof ValidationResult.Bogus(int error)) || error != ExtendedErrorCodeOption.DNSSEC_BOGUS) {
            return finding;
        }
        var now = clock.instant();
        if (AnswerScrubber.isExpired(provable.sections(), now)) {
            return new ValidationResult.Bogus(ExtendedErrorCodeOption.SIGNATURE_EXPIRED);
        }
        return AnswerScrubber.isNotYetValid(provable.sections(), now)
                ? new ValidationResult.Bogus(ExtendedErrorCodeOption.SIGNATURE_NOT_YET_VALID)
                : finding;
    }

    /**
     * Where a denial is concerned, dnsjava says the same of one that opt-out leaves open (RFC 5155, section 6) and of
     * one that it could not read. The first is right if the denied name may be a zone without signatures.
     */
    private CompletionStage<ValidationResult> checkDenial(
            Question question, Outcome.Answered provable, long deadlineNanos) {
        if (provable.sections().answer().stream().anyMatch(record -> isAskedFor(record, question))) {
            return CompletableFuture.completedStage(new ValidationResult.Insecure());
        }
        var denied = provable.sections().endOfAliases(question.name());
        var bare = new Outcome.NoData(AnswerScrubber.standIn(denied, question.dclass()));
        return run(question.withName(denied), bare, deadlineNanos)
                .thenApply(finding -> finding instanceof ValidationResult.Unexplained
                        ? new ValidationResult.Bogus(ExtendedErrorCodeOption.DNSSEC_BOGUS)
                        : finding);
    }

    private static boolean isAskedFor(Record record, Question question) {
        return question.type() == Type.ANY || record.getType() == question.type();
    }

    private CompletionStage<ValidationResult> run(Question question, Outcome.Answered shown, long deadlineNanos) {
        var validation = new Validation(question, shown, deadlineNanos, nanoTime, threads);
        var query = Message.newQuery(Record.newRecord(question.name(), question.type(), question.dclass()));
        return CompletableFuture.supplyAsync(() -> validator.sendAsync(query, validation), threads)
                .thenCompose(stage -> stage)
                .handle((message, failure) -> finding(validation, message, failure));
    }

    /** dnsjava throws at some messages that no honest server sends. */
    private ValidationResult finding(Validation validation, @Nullable Message message, @Nullable Throwable failure) {
        var missing = validation.missing();
        if (missing != null) {
            return new ValidationResult.Unfinished(missing);
        }
        if (message == null) {
            LOG.debug("cannot check the answer to {}", validation.question(), failure);
        }
        var finding = message == null
                ? new ValidationResult.Bogus(ExtendedErrorCodeOption.DNSSEC_BOGUS)
                : ValidationResult.of(message);
        if (finding instanceof ValidationResult.Bogus) {
            validation.lookedUp().forEach(forget);
        }
        return finding;
    }
}
