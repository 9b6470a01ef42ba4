// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import nat64.dns64.message.MessageLimits;
import org.jspecify.annotations.Nullable;

/**
 * Answers ready to be sent again while their TTLs last. A hit copies octets and patches the ID, the letter case of the
 * question, TTLs and OPT; it takes no lock and makes no object. When there are too many octets, a hand goes round and
 * removes what had no hit since its last visit: answers that nobody repeats push out none that are asked for. Safe for
 * many threads.
 */
public final class PacketCache {

    private static final int WAYS = 4; // slots in which an answer may stand
    private static final int TYPICAL_BYTES = 256;
    private static final int MAX_ROUNDS = 2; // hits go on while the hand turns
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
     * @param maxBytes octets of memory, by estimate; 0 keeps nothing
     * @param seed something that nobody else can guess, so that nobody can choose names that share slots
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
     * tenth of an answer's life goes the long way, so that upstreams are asked again in time.
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
     * @param optionsLength octets of the options in this OPT record; they are repeated where there is room for them
     * @param seconds for which it may be repeated
     * @param kind counts repetitions, and is what the queries are told that get one
     */
    public void keep(PacketQuery query, byte[] response, int optionsLength, long seconds, AnswerKind kind) {
        long now = nanoTime.getAsLong();
        if (seconds <= 0) {
            return;
        }
        var answer = PacketAnswer.of(query, response, optionsLength, now, TimeUnit.SECONDS.toNanos(seconds), kind);
        if (answer != null && answer.bytes() <= maxBytes) {
            put(answer, slotFor(query, now), now);
        }
    }

    public synchronized int entries() {
        return entries;
    }

    /** Octets in use, by estimate. */
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

    /** Where the answer stands already, or a free slot, or the least useful. */
    private int slotFor(PacketQuery query, long now) {
        int first = firstSlot(query);
        int best = first;
        int merit = Integer.MAX_VALUE;
        for (int way = 0; way < WAYS && merit > 0; way++) {
            var answer = slots.get(first ^ way);
            int own = merit(answer, query, now);
            if (own < merit) {
                merit = own;
                best = first ^ way;
            }
        }
        return best;
    }

    private static int merit(@Nullable PacketAnswer answer, PacketQuery query, long now) {
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
            turnHand(now, steps > MAX_ROUNDS * slots.length());
        }
        slots.setRelease(slot, answer);
        bytes += answer.bytes();
        entries++;
    }

    private synchronized void turnHand(long now, boolean force) {
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
