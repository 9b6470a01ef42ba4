// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import nat64.dns64.cache.AnswerKind;
import nat64.dns64.statistics.AnswerGroup;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import org.xbill.DNS.Rcode;

/** Counts of what a server did. Safe for many threads. */
public final class Counters {

    private final Map<Transport, LongAdder> queries = zeroes(Transport.class);
    private final Map<DropReason, LongAdder> dropped = zeroes(DropReason.class);
    private final Map<Sort, AnswerKind> answers = new ConcurrentHashMap<>();

    private record Sort(int rcode, AnswerReason reason, String view) {

        AnswerGroup answered() {
            // BADVERS has the number of BADSIG, and dnsjava knows it by that name.
            return new AnswerGroup(rcode == Rcode.BADVERS ? "BADVERS" : Rcode.string(rcode), reason, view);
        }
    }

    public void received(Transport transport) {
        add(queries, transport);
    }

    public void dropped(DropReason reason) {
        add(dropped, reason);
    }

    public void answered(int rcode, AnswerReason reason, String view) {
        kind(rcode, reason, view).sent().increment();
    }

    /** Answers of this sort, with their count. */
    public AnswerKind kind(int rcode, AnswerReason reason, String view) {
        return answers.computeIfAbsent(
                new Sort(rcode, reason, view), _ -> new AnswerKind(reason.label(), new LongAdder()));
    }

    public Map<Transport, Long> queries() {
        return sums(queries);
    }

    public Map<DropReason, Long> dropped() {
        return sums(dropped);
    }

    public Map<AnswerGroup, Long> answers() {
        return answers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        sort -> sort.getKey().answered(),
                        sort -> sort.getValue().sent().sum()));
    }

    private static <K> void add(Map<K, LongAdder> counts, K key) {
        var count = counts.get(key);
        if (count != null) { // always: the map has every constant
            count.increment();
        }
    }

    private static <K extends Enum<K>> Map<K, LongAdder> zeroes(Class<K> type) {
        var counts = new EnumMap<K, LongAdder>(type);
        for (var key : type.getEnumConstants()) {
            counts.put(key, new LongAdder());
        }
        return counts;
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum()));
    }
}
