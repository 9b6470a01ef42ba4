// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import nat64.dns64.message.MessageLimits;
import org.jspecify.annotations.Nullable;

/**
 * Answers ready to be sent again while their TTLs last. A hit copies bytes and patches the ID, the letter case of the
 * question, TTLs and OPT; it takes no lock and makes no object. When there are too many bytes, a clock hand
 * removes what had no hit since its last visit: answers without a hit evict none that have hits. Safe for
 * many threads.
 */
public final class PacketCache {

    private static final int WAYS = 4; // slots that may hold an answer
    private static final int TYPICAL_BYTES = 256;
    private static final int MAX_ROUNDS = 2; // hits continue while the hand moves
    private static final int MAX_SLOTS = 1 << 24;

    private final AtomicReferenceArray<@Nullable PacketAnswer> slots;
    private final int mask;
    private final long maxBytes;
    private final long seed;
    private final LongSupplier nanoTime;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    // Read and changed by threads that hold the lock of this object.
    private long bytes;
    private int entries;
    private int hand;
    private long evictions;

    /**
     * @param maxBytes bytes of memory, by estimate; 0 keeps nothing
     * @param seed secret, so that an attacker cannot choose names that share slots
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    public PacketCache(long maxBytes, long seed, LongSupplier nanoTime) {
        int sets = Math.clamp(maxBytes / TYPICAL_BYTES, WAYS, MAX_SLOTS);
        this.slots = new AtomicReferenceArray<>(Integer.highestOneBit(sets));
        this.mask = slots.length() - 1;
        this.maxBytes = maxBytes;
        this.seed = seed;
        this.nanoTime = nanoTime;
    }

    /**
     * Writes the response to a query that was read, if it is known and fits. One query of those that come in the last
     * tenth of an answer's life is handled in full, so that upstreams are asked again in time.
     *
     * @param response takes the response, {@link MessageLimits#UDP_PAYLOAD} bytes at most
     * @return the length of the response, or 0 if there is none
     */
    public int answer(PacketQuery query, byte[] response) {
        long now = nanoTime.getAsLong();
        int first = firstSlot(query);
        for (int way = 0; way < WAYS; way++) {
            var answer = slots.getAcquire(first ^ way);
            if (answer != null && answer.answers(query) && answer.isAlive(now)) {
                int length = answer.isDueForRenewal(now) ? 0 : answer.write(query, response, now);
                (length > 0 ? hits : misses).increment();
                return length;
            }
        }
        misses.increment();
        return 0;
    }

    /**
     * Keeps the response that the query got.
     *
     * @param response whole, in the letter case of the query, with an OPT record at its end if the query had one
     * @param optionsLength bytes of the options in this OPT record; they are repeated where there is room for them
     * @param seconds for which it may be repeated
     * @param kind counts repetitions, and is the kind of queries that get one
     */
    public void keep(PacketQuery query, byte[] response, int optionsLength, long seconds, AnswerKind kind) {
        long now = nanoTime.getAsLong();
        if (seconds <= 0) {
            return;
        }
        var answer = PacketAnswer.of(
                query,
                response,
                optionsLength,
                new PacketAnswer.Repeatable(now, TimeUnit.SECONDS.toNanos(seconds), kind));
        if (answer != null && answer.bytes() <= maxBytes) {
            put(answer, slotFor(query, now), now);
        }
    }

    public synchronized int entries() {
        return entries;
    }

    /** Bytes in use, by estimate. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Answers that others have pushed out before their time was up. */
    public synchronized long evictions() {
        return evictions;
    }

    public long hits() {
        return hits.sum();
    }

    public long misses() {
        return misses.sum();
    }

    private int firstSlot(PacketQuery query) {
        return (int) query.hash(seed) & mask;
    }

    /** The slot of the answer, or a free one, or the one worth least. */
    private int slotFor(PacketQuery query, long now) {
        int first = firstSlot(query);
        int best = first;
        int worth = Integer.MAX_VALUE;
        for (int way = 0; way < WAYS && worth > 0; way++) {
            var answer = slots.get(first ^ way);
            int own = worth(answer, query, now);
            if (own < worth) {
                worth = own;
                best = first ^ way;
            }
        }
        return best;
    }

    private static int worth(@Nullable PacketAnswer answer, PacketQuery query, long now) {
        if (answer == null) {
            return 1;
        }
        if (answer.answers(query)) {
            return 0;
        }
        if (!answer.isAlive(now)) {
            return 2;
        }
        return answer.wasUsed() ? 4 : 3;
    }

    private synchronized void put(PacketAnswer answer, int slot, long now) {
        remove(slot);
        for (int steps = 0; bytes + answer.bytes() > maxBytes; steps++) {
            advanceHand(now, steps > MAX_ROUNDS * slots.length());
        }
        slots.setRelease(slot, answer);
        bytes += answer.bytes();
        entries++;
    }

    private synchronized void advanceHand(long now, boolean force) {
        hand = (hand + 1) & mask;
        var answer = slots.get(hand);
        if (answer != null && (force || !answer.isAlive(now) || !answer.wasUsed())) {
            evictions += answer.isAlive(now) ? 1 : 0;
            remove(hand);
        }
    }

    private synchronized void remove(int slot) {
        var answer = slots.getAndSet(slot, null);
        if (answer != null) {
            bytes -= answer.bytes();
            entries--;
        }
    }
}
