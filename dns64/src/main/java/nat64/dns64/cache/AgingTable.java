// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import nat64.dns64.synthesis.Outcome;
import org.jspecify.annotations.Nullable;

/** Outcomes by question, each until its time is up; when there are too many octets, the longest unused one goes. */
final class AgingTable {

    private static final int FIRST_CAPACITY = 64;
    private static final float LOAD_FACTOR = 0.75f;

    private final LinkedHashMap<Question, Entry> entries = new LinkedHashMap<>(FIRST_CAPACITY, LOAD_FACTOR, true);
    private final long maxBytes;
    private long bytes;

    private record Entry(Outcome outcome, long storedNanos, long lifetimeNanos, long bytes) {}

    AgingTable(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The outcome with what is left of its TTLs. */
    synchronized @Nullable Outcome find(Question question, long nowNanos) {
        var entry = entries.get(question);
        if (entry == null) {
            return null;
        }
        long ageNanos = nowNanos - entry.storedNanos;
        if (ageNanos >= entry.lifetimeNanos) {
            remove(question);
            return null;
        }
        return entry.outcome.aged(TimeUnit.NANOSECONDS.toSeconds(ageNanos));
    }

    /** Keeps an outcome for some seconds, unless it is larger than the whole table. */
    synchronized void put(Question question, Outcome outcome, long seconds, long size, long nowNanos) {
        remove(question);
        if (seconds <= 0 || size > maxBytes) {
            return;
        }
        entries.put(question, new Entry(outcome, nowNanos, TimeUnit.SECONDS.toNanos(seconds), size));
        bytes += size;
        var oldest = entries.entrySet().iterator();
        while (bytes > maxBytes) {
            bytes -= oldest.next().getValue().bytes;
            oldest.remove();
        }
    }

    synchronized int entries() {
        return entries.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    private void remove(Question question) {
        var entry = entries.remove(question);
        if (entry != null) {
            bytes -= entry.bytes;
        }
    }
}
