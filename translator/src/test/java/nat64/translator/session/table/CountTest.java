// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {

    private static final long CHANGES = 2_000_000;

    @Test
    void isReadWholeAndInOrderWhileAnotherThreadChangesIt() throws InterruptedException {
        var count = new Count();
        long step = (1L << 32) + 1; // a read of halves would show other multiples
        var writer = Thread.ofPlatform().start(() -> {
            for (long i = 0; i < CHANGES; i++) {
                count.add(step);
            }
        });
        long last = 0;
        while (last < CHANGES * step) {
            long now = count.get();
            if (now < last || now % step != 0) {
                throw new AssertionError("read " + now + " after " + last);
            }
            last = now;
        }
        writer.join();
        assertThat(count.get()).isEqualTo(CHANGES * step);
    }
}
