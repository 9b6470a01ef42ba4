// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * What a query that is not in the packet cache does in the message cache, which all event loops share: an answer that
 * is known, a name that is not, and one that is not and is stored then. Run with {@code -t 1} and {@code -t 2}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MessageCacheLookUp {

    private static final int STORED = 1 << 14;
    private static final int OTHERS = 1 << 17;
    private static final long TTL = 86_400;
    private static final byte[] ADDRESS = {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    /** MiB; the smaller one is full, so that each answer that is stored evicts another one. */
    @Param({"4", "256"})
    public int mebibytes;

    private MessageCache cache;
    private Question[] stored;
    private Question[] others;
    private Outcome[] outcomes;

    /** The order in which one thread asks. */
    @State(Scope.Thread)
    public static class Order {

        private final SplittableRandom random = new SplittableRandom();

        private int next(int bound) {
            return random.nextInt(bound);
        }
    }

    @Setup
    public void fill() throws TextParseException {
        cache = new MessageCache((long) mebibytes << 20, System::nanoTime);
        stored = questions("stored", STORED);
        others = questions("other", OTHERS);
        outcomes = new Outcome[OTHERS];
        for (int i = 0; i < OTHERS; i++) {
            outcomes[i] = answer(others[i].name());
        }
        for (var question : stored) {
            cache.store(question, answer(question.name()));
        }
    }

    @Benchmark
    public Object known(Order order) {
        return cache.look(stored[order.next(STORED)]);
    }

    @Benchmark
    public Object unknown(Order order) {
        return cache.look(others[order.next(OTHERS)]);
    }

    @Benchmark
    public Object unknownThenStored(Order order) {
        int i = order.next(OTHERS);
        var known = cache.look(others[i]);
        cache.store(others[i], outcomes[i]);
        return known;
    }

    private static Question[] questions(String label, int count) throws TextParseException {
        var questions = new Question[count];
        for (int i = 0; i < count; i++) {
            questions[i] = new Question(
                    Name.fromString("www." + label + i + ".example.org."), Type.AAAA, DClass.IN, false, false);
        }
        return questions;
    }

    private static Outcome answer(Name name) {
        var record = new AAAARecord(name, DClass.IN, TTL, ADDRESS);
        return new Outcome.Data(new Sections(List.of(record), List.of(), List.of(), false, false));
    }
}
