// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CountersTest {

    private static final int ROUNDS = 2_000_000;

    /** So large that the sum soon has more than 32 bits: a torn read would show half of it. */
    private static final int BYTES = Integer.MAX_VALUE;

    @Test
    void countsEveryReasonExceptNone() {
        var counters = new Counters();
        counters.dropped(DropReason.TOO_BIG);
        counters.dropped(DropReason.TOO_BIG, 2);
        assertThat(counters.dropped())
                .hasSize(DropReason.ALL.size() - 1)
                .containsEntry(DropReason.TOO_BIG, 3L)
                .containsEntry(DropReason.MALFORMED, 0L)
                .doesNotContainKey(DropReason.NONE);
    }

    @Test
    void readersSeeWholeNumbersThatOnlyGrow() {
        var counters = new Counters();
        var writer = CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        counters.forwarded(1, BYTES);
                        counters.dropped(DropReason.NO_BINDING);
                    }
                },
                task -> new Thread(task).start());
        long packets = 0;
        long octets = 0;
        while (!writer.isDone()) {
            long newPackets = counters.packets();
            long newOctets = counters.octets();
            assertThat(newPackets).isBetween(packets, (long) ROUNDS);
            assertThat(newOctets % BYTES).isZero();
            assertThat(newOctets).isGreaterThanOrEqualTo(octets);
            packets = newPackets;
            octets = newOctets;
        }
        writer.join();
        assertThat(counters.packets()).isEqualTo(ROUNDS);
        assertThat(counters.octets()).isEqualTo((long) ROUNDS * BYTES);
        assertThat(counters.dropped()).containsEntry(DropReason.NO_BINDING, (long) ROUNDS);
    }
}
