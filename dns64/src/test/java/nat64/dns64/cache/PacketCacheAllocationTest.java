// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import static nat64.dns64.cache.Messages.queryWithEdns;
import static nat64.dns64.cache.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class PacketCacheAllocationTest {

    private static final int ROUNDS = 200_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final PacketQuery wire = new PacketQuery();
    private final byte[] query = queryWithEdns("www.example.org.", 1232, false);
    private final byte[] response = new byte[1232];
    private long now;
    private final PacketCache cache = new PacketCache(1 << 16, 64, () -> now);

    @Test
    void allocatesNothingForAnAnswerThatIsReady() {
        wire.read(query, query.length, 0);
        cache.keep(
                wire,
                response(query, "www.example.org. 60 IN AAAA 64:ff9b::c000:221"),
                0,
                60,
                new AnswerKind("native", new LongAdder()));
        now = TimeUnit.SECONDS.toNanos(1); // so that TTLs are patched
        repeat(ROUNDS);

        long before = threads.getCurrentThreadAllocatedBytes();
        repeat(ROUNDS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / ROUNDS)
                .as("bytes per answer, of %d in all", allocated)
                .isZero();
        assertThat(cache.hits()).isEqualTo(2 * ROUNDS);
    }

    private void repeat(int times) {
        for (int i = 0; i < times; i++) {
            query[0] = (byte) i;
            if (!wire.read(query, query.length, 0) || cache.answer(wire, response) == 0) {
                throw new AssertionError("no answer in round " + i);
            }
        }
    }
}
