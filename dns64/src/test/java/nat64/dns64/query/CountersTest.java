// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nat64.dns64.statistics.AnswerGroup;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class CountersTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;

    private final Counters counters = new Counters();

    @Test
    void loseNoCountWhenManyThreadsCountTheSame() throws Exception {
        var start = new CyclicBarrier(THREADS);
        var done = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                done.add(threads.submit(() -> {
                    start.await();
                    count();
                    return null;
                }));
            }
            for (var thread : done) {
                thread.get();
            }
        }

        long all = (long) THREADS * ROUNDS;
        assertThat(counters.queries()).containsEntry(Transport.UDP, all).containsEntry(Transport.TCP, 0L);
        assertThat(counters.dropped()).containsEntry(DropReason.TOO_SHORT, all);
        assertThat(counters.answers())
                .hasSize(2)
                .containsEntry(new AnswerGroup("NOERROR", AnswerReason.NATIVE, "view0"), all / 2)
                .containsEntry(new AnswerGroup("NOERROR", AnswerReason.NATIVE, "view1"), all / 2);
    }

    @Test
    void neverShowASumThatShrinks() throws Exception {
        try (var threads = Executors.newSingleThreadExecutor()) {
            var counting = threads.submit(this::count);
            long before = 0;
            while (!counting.isDone()) {
                long now = counters.queries().getOrDefault(Transport.UDP, 0L);
                assertThat(now).isGreaterThanOrEqualTo(before);
                before = now;
            }
            counting.get();
        }

        assertThat(counters.queries()).containsEntry(Transport.UDP, (long) ROUNDS);
    }

    private void count() {
        for (int i = 0; i < ROUNDS; i++) {
            counters.received(Transport.UDP);
            counters.dropped(DropReason.TOO_SHORT);
            counters.answered(Rcode.NOERROR, AnswerReason.NATIVE, "view" + i % 2);
        }
    }
}
