// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.settings.NxDomainCut;
import nat64.dns64.statistics.CachedAnswer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * What upstreams answered, before any synthesis. TTLs count down; a denial is kept with its SOA record (RFC 2308); a
 * failure is kept for a while, apart from answers, so that many failing names push none out (RFC 9520, section
 * 3.2). Safe for many threads.
 */
public final class MessageCache {

    /** Seconds for which a denial is kept at most (RFC 2308, section 5: one to three hours work well). */
    public static final long MAX_NEGATIVE_SECONDS = 3600;

    private static final int FAILURE_SHARE = 8; // one eighth of the bytes
    private static final int ANY_TYPE = 0; // reserved by RFC 6895, so no client can ask for it

    private final AnswerTable answers;
    private final FailureTable failures;
    private final boolean keepsStale;
    private final LongSupplier nanoTime;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder knownFailures = new LongAdder();

    /** One that forgets answers when their time is up. */
    public MessageCache(long maxBytes, LongSupplier nanoTime) {
        this(maxBytes, Duration.ZERO, nanoTime);
    }

    /**
     * @param maxBytes bytes of memory, by estimate
     * @param stale for how long an answer is kept after its time is up
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    public MessageCache(long maxBytes, Duration stale, LongSupplier nanoTime) {
        this.answers = new AnswerTable(maxBytes - maxBytes / FAILURE_SHARE, stale.toNanos(), nanoTime);
        this.failures = new FailureTable(maxBytes / FAILURE_SHARE, nanoTime);
        this.keepsStale = stale.isPositive();
        this.nanoTime = nanoTime;
    }

    /**
     * What is known about a question.
     *
     * @param outcome of one that need not be asked again now, or null
     * @param stale an answer whose time is up, used if there is no newer one (RFC 8767), or null
     */
    public record Known(@Nullable Outcome outcome, Outcome.@Nullable Answered stale) {

        private static final Known NOTHING = new Known(null, null);
    }

    /** What is known about the question, but for what is stale, or null. */
    public @Nullable Outcome find(Question question, DenialScope scope) {
        return look(question, scope).outcome();
    }

    /** The same where every denial speaks for all names below. */
    public @Nullable Outcome find(Question question) {
        return find(question, DenialScope.ALL);
    }

    /** What is known about the question where every denial speaks for all names below. */
    public Known look(Question question) {
        return look(question, DenialScope.ALL);
    }

    /**
     * What is known about the question.
     *
     * @param scope how far the denial of a name above it counts
     */
    public Known look(Question question, DenialScope scope) {
        var known = known(question, scope, nanoTime.getAsLong());
        (known.outcome() == null ? misses : hits).increment();
        return known;
    }

    /** The answer to exactly this question, or null, after a look that found nothing; not counted as another look. */
    public Outcome.@Nullable Answered findAgain(Question question) {
        var answer = answer(question, nanoTime.getAsLong());
        return answer == null || answer.sections().stale() ? null : answer;
    }

    private Known known(Question question, DenialScope scope, long now) {
        var stale = answers.find(question, now);
        if (stale != null && !stale.sections().stale()) {
            return new Known(stale, null);
        }
        var denial = answers.find(question.withType(ANY_TYPE), now);
        if (denial != null && !denial.sections().stale()) {
            return new Known(denial, null);
        }
        stale = stale == null ? denial : stale;
        Outcome found = failures.find(question, now);
        if (found != null) {
            knownFailures.increment();
        } else {
            found = denialAbove(question, scope, now);
        }
        if (stale == null && keepsStale) {
            stale = standIn(question, now);
        }
        return found == null && stale == null ? Known.NOTHING : new Known(found, stale);
    }

    /**
     * What is known to the same question with another DO bit, or without CD, stands in as stale: records without
     * signatures, or with too many, are better than no answer. What clients with CD get may be forged, and stands in
     * for nothing.
     */
    private Outcome.@Nullable Answered standIn(Question question, long now) {
        var answer = answer(question.with(!question.dnssecOk(), question.checkingDisabled()), now);
        if (answer == null && question.checkingDisabled()) {
            answer = answer(question.with(question.dnssecOk(), false), now);
            answer = answer == null ? answer(question.with(!question.dnssecOk(), false), now) : answer;
        }
        return answer == null || answer.sections().stale() ? answer : answer.outlived();
    }

    /** The answer to exactly this question, or the denial of its name. */
    private Outcome.@Nullable Answered answer(Question question, long now) {
        var answer = answers.find(question, now);
        return answer == null ? answers.find(question.withType(ANY_TYPE), now) : answer;
    }

    /** Whether the time of an answer is nearly up, so that it is refreshed before a client has to wait. */
    public boolean isEnding(Question question) {
        return answers.isEnding(question, nanoTime.getAsLong());
    }

    /** Forgets what is known of a name and of all names below it; returns how many answers and failures. */
    public int forget(Name name) {
        return answers.remove(name) + failures.remove(name);
    }

    /** Forgets an answer that turned out to be wrong, so that the next client gets another one. */
    public void forget(Question question) {
        answers.forget(question);
        answers.forget(question.withType(ANY_TYPE));
    }

    /** RFC 8020, section 2: below a name that does not exist there is none that does. */
    private @Nullable Outcome denialAbove(Question question, DenialScope scope, long now) {
        if (scope.cut() == NxDomainCut.OFF) {
            return null;
        }
        var above = question.withType(ANY_TYPE);
        for (int cut = 1; cut < question.name().labels() - 1 && !scope.endsAt(above.name()); cut++) {
            above = above.withName(new Name(question.name(), cut));
            var denial = answers.knows(above, now) ? answers.find(above, now) : null;
            if (denial != null && scope.includes(denial)) {
                return isContradicted(above, now) ? null : denial;
            }
        }
        return null;
    }

    /** Some servers deny a name when asked for one type, and know it when asked for another. */
    private boolean isContradicted(Question question, long now) {
        return answers.knows(question.withType(Type.AAAA), now) || answers.knows(question.withType(Type.A), now);
    }

    /** Keeps the outcome for as long as it may be kept. */
    public void store(Question question, Outcome outcome) {
        long now = nanoTime.getAsLong();
        switch (outcome) {
            case Outcome.Data data ->
                answers.put(question, data, data.sections().lowestTtl().orElse(0), now);
            case Outcome.NoData denial -> answers.put(question, denial, noData(denial.sections()), now);
            case Outcome.NxDomain denial ->
                answers.put(scope(question, denial.sections()), denial, negative(denial.sections()), now);
            case Outcome.Unanswered failure -> failures.put(question, failure, now);
        }
        if (outcome instanceof Outcome.Answered) {
            failures.forget(question);
        }
    }

    /**
     * What upstreams have answered about a name and all names below it, in the order of names and types, for operators.
     * Other threads may change it meanwhile.
     *
     * @param skip how many come before
     */
    public List<CachedAnswer> list(Name name, int skip, int most) {
        return answers.list(name, skip, most, nanoTime.getAsLong());
    }

    /** Removes all failures, because upstreams may answer now. */
    public void forgetFailures() {
        failures.clear();
    }

    public int entries() {
        return answers.entries() + failures.entries();
    }

    /** Bytes in use, by estimate. */
    public long bytes() {
        return answers.bytes() + failures.bytes();
    }

    public long hits() {
        return hits.sum();
    }

    public long misses() {
        return misses.sum();
    }

    /** Questions that were known to have failed shortly before; they are among the hits. */
    public long knownFailures() {
        return knownFailures.sum();
    }

    /** Answers that others have pushed out. */
    public long evictions() {
        return answers.evictions();
    }

    /** A name that does not exist has no record of any type (RFC 2308, section 5), unless it is an alias. */
    private static Question scope(Question question, Sections sections) {
        return sections.answer().isEmpty() ? question.withType(ANY_TYPE) : question;
    }

    /** Aliases that lead to where other upstreams are asked are no denial: they live as long as they say. */
    private static long noData(Sections sections) {
        boolean isDenial = sections.answer().isEmpty() || sections.negativeTtl().isPresent();
        return isDenial ? negative(sections) : sections.lowestTtl().orElse(0);
    }

    private static long negative(Sections sections) {
        long seconds = sections.negativeTtl().orElse(0); // RFC 2308, section 5: without SOA it is not cached
        return Math.min(Math.min(seconds, sections.lowestTtl().orElse(0)), MAX_NEGATIVE_SECONDS);
    }
}
