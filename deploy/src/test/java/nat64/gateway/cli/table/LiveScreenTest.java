// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveScreenTest {

    @Test
    void rewritesLinesInPlaceAndClearsWhatIsLeftOfThoseBefore() {
        assertThat(LiveScreen.frame(List.of("first", "second"), new LiveScreen.Size(24, 80)))
                .isEqualTo("\033[Hfirst\033[K\r\nsecond\033[K\033[J");
    }

    @Test
    void cutsOffWhatDoesNotFit() {
        assertThat(LiveScreen.frame(List.of("a long line", "second", "third"), new LiveScreen.Size(2, 6)))
                .isEqualTo("\033[Ha long\033[K\r\nsecond\033[K\033[J");
    }

    @ParameterizedTest(name = "size {0}")
    @CsvSource({"24 80, 24, 80", "50 132, 50, 132", "0 0, 24, 80", "'', 24, 80", "99999999999 1, 24, 80"})
    void readsTheSizeOfTheWindow(String text, int rows, int columns) {
        assertThat(LiveScreen.Size.parse(text)).isEqualTo(new LiveScreen.Size(rows, columns));
    }

    @Test
    void printsLinesOneAfterAnotherWithoutATerminal() {
        var text = new StringWriter();
        try (var screen = LiveScreen.lines(new PrintWriter(text))) {
            screen.show(List.of("one"));
            screen.show(List.of("two"));
        }
        assertThat(text.toString().lines()).containsExactly("one", "", "two");
    }
}
