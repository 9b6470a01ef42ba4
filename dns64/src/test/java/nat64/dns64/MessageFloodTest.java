// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import nat64.dns64.fuzz.MessageGrammar;
import nat64.dns64.statistics.AnswerReason;
import org.junit.jupiter.api.Test;

/**
 * Messages made by {@link MessageGrammar}, and noise, from clients and from upstreams, through all but the sockets. As
 * many as the system property {@code fuzz.messages} says, from the seed {@code fuzz.seed}; docs/fuzzing.md tells what
 * came of ten million.
 */
class MessageFloodTest {

    private static final long MESSAGES = Long.getLong("fuzz.messages", 100_000);
    private static final long SEED = Long.getLong("fuzz.seed", 6147);
    private static final int CACHE = 1 << 20;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final MessageGrammar grammar = new MessageGrammar(random);

    @Test
    void noMessageBreaksAnything() {
        try (var handler = new FuzzedHandler(CACHE, grammar::response)) {
            feed(handler, MESSAGES / 10);
            long heap = heap();
            feed(handler, MESSAGES - MESSAGES / 10);
            System.out.printf(
                    "seed %d: %,d messages in, %,d answered, %,d of them at once, %,d upstream answers; heap %,d KiB then"
                            + " %,d KiB, of that caches %,d KiB%n",
                    SEED,
                    MESSAGES,
                    handler.answered(),
                    handler.repeated(),
                    handler.upstreamAnswers(),
                    heap >> 10,
                    heap() >> 10,
                    handler.cachedBytes() >> 10);

            assertThat(handler.answered()).isGreaterThan(MESSAGES / 2);
            assertThat(handler.reasons())
                    .contains(
                            AnswerReason.SYNTHESIZED,
                            AnswerReason.SYNTHESIZED_AFTER_FAILURE,
                            AnswerReason.NATIVE,
                            AnswerReason.PTR);
        }
    }

    private void feed(FuzzedHandler handler, long messages) {
        for (long i = 0; i < messages; i++) {
            handler.pass(random.nextInt(3));
            handler.feed(grammar.query(), random.nextInt(16) == 0);
        }
    }

    private static long heap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
