// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashIndexTest {

    private static final int ROWS = 500;

    private final int[] hashes = new int[ROWS];

    @ParameterizedTest(name = "{0} different hashes")
    @ValueSource(ints = {1, 2, 7, 100, Integer.MAX_VALUE})
    void findsWhatWasPutAndNotRemoved(int differentHashes) {
        try (var arena = Arena.ofConfined()) {
            var index = new HashIndex(arena, ROWS, row -> hashes[row]);
            var present = new HashSet<Integer>();
            var random = new Random(differentHashes);
            for (int step = 0; step < 20_000; step++) {
                int row = random.nextInt(ROWS);
                if (present.remove(row)) {
                    index.remove(hashes[row], row);
                } else {
                    hashes[row] = spread(random.nextInt(differentHashes));
                    index.put(hashes[row], row);
                    present.add(row);
                }
                if (step % 500 == 0) {
                    assertHoldsExactly(index, present);
                }
            }
            assertHoldsExactly(index, present);
        }
    }

    @Test
    void holdsAsManyRowsAsItWasMadeFor() {
        try (var arena = Arena.ofConfined()) {
            var index = new HashIndex(arena, ROWS, row -> hashes[row]);
            var all = new HashSet<Integer>();
            for (int row = 0; row < ROWS; row++) {
                hashes[row] = spread(row);
                index.put(hashes[row], row);
                all.add(row);
            }
            assertHoldsExactly(index, all);
        }
    }

    private void assertHoldsExactly(HashIndex index, Set<Integer> rows) {
        for (int row = 0; row < ROWS; row++) {
            assertThat(holds(index, row)).as("row %d", row).isEqualTo(rows.contains(row));
        }
    }

    private boolean holds(HashIndex index, int row) {
        int hash = hashes[row];
        for (int slot = index.first(hash); slot != HashIndex.NONE; slot = index.next(hash, slot)) {
            if (index.row(slot) == row) {
                return true;
            }
        }
        return false;
    }

    private static int spread(int value) {
        return value * 0x9e37_79b9;
    }
}
