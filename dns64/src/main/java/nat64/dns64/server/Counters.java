// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.xbill.DNS.Rcode;

/** Counts of what a server did. Safe for many threads. */
final class Counters {

    private final Map<Transport, LongAdder> queries = zeroes(Transport.class);
    private final Map<DropReason, LongAdder> dropped = zeroes(DropReason.class);
    private final Map<Dns64Statistics.Answered, LongAdder> answers = new ConcurrentHashMap<>();

    void received(Transport transport) {
        add(queries, transport);
    }

    void dropped(DropReason reason) {
        add(dropped, reason);
    }

    void answered(int rcode, AnswerReason reason, String view) {
        answers(rcode, reason, view).increment();
    }

    /** The count of this kind of answer. */
    LongAdder answers(int rcode, AnswerReason reason, String view) {
        // BADVERS has the number of BADSIG, and dnsjava knows it by that name.
        var mnemonic = rcode == Rcode.BADVERS ? "BADVERS" : Rcode.string(rcode);
        return answers.computeIfAbsent(new Dns64Statistics.Answered(mnemonic, reason, view), _ -> new LongAdder());
    }

    Map<Transport, Long> queries() {
        return sums(queries);
    }

    Map<DropReason, Long> dropped() {
        return sums(dropped);
    }

    Map<Dns64Statistics.Answered, Long> answers() {
        return sums(answers);
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
