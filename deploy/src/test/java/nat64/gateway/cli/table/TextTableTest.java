// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        var table = new TextTable("A", "LONG HEADING", "C");
        table.add("first", "x", "y");
        table.add("2", "z", "");

        assertThat(table.lines()).containsExactly("A      LONG HEADING  C", "first  x             y", "2      z");
    }

    @Test
    void aRowHasAsManyCellsAsThereAreHeadings() {
        assertThatThrownBy(() -> new TextTable("A").add("1", "2")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "59, 59s", "60, 1m0s", "312, 5m12s", "7191, 1h59m", "86400, 1d0h", "273600, 3d4h"})
    void timesAreToldInTheirTwoLargestUnits(long seconds, String text) {
        assertThat(ShortDuration.of(seconds)).isEqualTo(text);
    }
}
