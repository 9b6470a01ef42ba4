// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Answers by question, each until its time is up, and for a while after that in case nobody knows more (RFC 8767). When
 * there are too many octets, the longest unused one goes. Safe for many threads.
 */
final class AgingTable {

    /** An answer that lives no longer than this is not worth a question ahead of time. */
    private static final long SHORT_LIVED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int LAST_PART = 10; // the last tenth of a life

    private static final int ENTRY_OVERHEAD = 192; // estimate: map node, question, name, answer, array headers

    private static final int FIRST_CAPACITY = 64;
    private static final float LOAD_FACTOR = 0.75f;

    private final LinkedHashMap<Question, PackedAnswer> entries =
            new LinkedHashMap<>(FIRST_CAPACITY, LOAD_FACTOR, true);
    private final long maxBytes;
    private long bytes;
    private long evictions;

    private final long staleNanos;

    /**
     * @param staleNanos for how long an answer is kept after its time is up
     */
    AgingTable(long maxBytes, long staleNanos) {
        this.maxBytes = maxBytes;
        this.staleNanos = staleNanos;
    }

    /** The answer with what is left of its TTLs; as a stale one if its time is up. */
    Outcome.@Nullable Answered find(Question question, long nowNanos) {
        var answer = answer(question, nowNanos);
        return answer == null ? null : answer.unpack(nowNanos);
    }

    /** Whether there is an answer whose time is not up. */
    boolean knows(Question question, long nowNanos) {
        var answer = answer(question, nowNanos);
        return answer != null && answer.staleNanos(nowNanos) < 0;
    }

    /** Forgets it if even its time as a stale answer is up. */
    private synchronized @Nullable PackedAnswer answer(Question question, long nowNanos) {
        var answer = entries.get(question);
        if (answer != null && answer.staleNanos(nowNanos) >= staleNanos) {
            remove(question);
            return null;
        }
        return answer;
    }

    /** Whether there is an answer whose time is nearly up, and which was worth keeping for long. */
    synchronized boolean isEnding(Question question, long nowNanos) {
        var answer = entries.get(question);
        return answer != null
                && answer.lifetimeNanos() > SHORT_LIVED_NANOS
                && answer.staleNanos(nowNanos) >= -answer.lifetimeNanos() / LAST_PART;
    }

    /** Forgets what is known of a name and of all below it; tells how many answers. */
    synchronized int remove(Name name) {
        int before = entries.size();
        entries.entrySet().removeIf(entry -> {
            boolean below = entry.getKey().name().subdomain(name);
            bytes -= below ? bytes(entry.getKey(), entry.getValue()) : 0;
            return below;
        });
        return before - entries.size();
    }

    /** Keeps an answer for some seconds, unless it is larger than the whole table. */
    void put(Question question, Outcome.Answered outcome, long seconds, long nowNanos) {
        put(question, PackedAnswer.of(outcome, nowNanos, TimeUnit.SECONDS.toNanos(seconds)));
    }

    private synchronized void put(Question question, PackedAnswer answer) {
        remove(question);
        if (answer.lifetimeNanos() <= 0 || bytes(question, answer) > maxBytes) {
            return;
        }
        entries.put(question, answer);
        bytes += bytes(question, answer);
        while (bytes > maxBytes) {
            var oldest = entries.pollFirstEntry();
            bytes -= bytes(oldest.getKey(), oldest.getValue());
            evictions++;
        }
    }

    private static int bytes(Question question, PackedAnswer answer) {
        return ENTRY_OVERHEAD + question.name().length() + answer.length();
    }

    synchronized int entries() {
        return entries.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Answers that others have pushed out. */
    synchronized long evictions() {
        return evictions;
    }

    /** Forgets this answer. */
    synchronized void forget(Question question) {
        remove(question);
    }

    private void remove(Question question) {
        var answer = entries.remove(question);
        if (answer != null) {
            bytes -= bytes(question, answer);
        }
    }
}
