// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {

    private static final Csv.Columns COLUMNS = new Csv.Columns(List.of("a", "b", "c"), List.of("a", "b"));

    private final List<String> refusals = new ArrayList<>();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            plain | 1,2,3 | {a=1, b=2, c=3}
            two columns | 1,2 | {a=1, b=2}
            empty value | 1,2, | {a=1, b=2}
            spaces | ^  1 , 2  ^ | {a=1, b=2}
            quotes | "1","2, and 3" | {a=1, b=2, and 3}
            quotes in quotes | "say ""1\""",2 | {a=say "1", b=2}
            remark behind | 1,2 # 3,4 | {a=1, b=2}
            hash in quotes | "#1",2 | {a=#1, b=2}
            remark before | # 1,2\\n3,4 | {a=3, b=4}
            empty line | \\n  \\n1,2 | {a=1, b=2}
            carriage return | 1,2\\r\\n | {a=1, b=2}
            header | a,b\\n1,2 | {a=1, b=2}
            header in another order | c,b,a\\n1,2,3 | {c=1, b=2, a=3}
            header behind a remark | # a table\\na,b\\n1,2 | {a=1, b=2}
            byte order mark | \uFEFFa,b\\n1,2 | {a=1, b=2}
            """)
    void reads(String name, String text, String row) {
        assertThat(rows(text.replace("\\n", "\n").replace("\\r", "\r")))
                .singleElement()
                .hasToString(row);
        assertThat(refusals).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            open quote | 1,2\\n"1,2 | 2: a quote is not closed in this line
            text behind a quote | "1"x,2 | 1: something follows a value in quotes
            too many | 1,2,3,4 | 1: has 4 values, and there are 3 columns
            too few | 1 | 1: has no b; the columns are a,b,c
            semicolons | 1;2 | 1: has no b; the columns are a,b,c, parted by commas
            missing value | ,2 | 1: has no a;
            unknown column | a,x | 1: the column x is not known
            column twice | a,a | 1: names a column twice
            more than the header | a,b\\n1,2,3 | 2: has 3 values, and there are 2 columns
            """)
    void refuses(String name, String text, String refusal) {
        rows(text.replace("\\n", "\n"));

        assertThat(refusals).singleElement().asString().startsWith(refusal);
    }

    @Test
    void readsBackWhatWasWritten() {
        var random = new Random(71);
        for (int round = 0; round < 200; round++) {
            var rows = random.ints(random.nextInt(20), 0, 1)
                    .mapToObj(_ -> Map.of("a", value(random), "b", value(random), "c", value(random)))
                    .toList();
            var text = rows.stream()
                    .map(row -> List.of("a", "b", "c").stream()
                            .map(column -> written(row.getOrDefault(column, ""), random))
                            .collect(Collectors.joining(",")))
                    .collect(Collectors.joining(random.nextBoolean() ? "\n" : "\r\n"));

            assertThat(rows("a,b,c\n" + text)).isEqualTo(rows);
        }
        assertThat(refusals).isEmpty();
    }

    private static String value(Random random) {
        return random.ints(1 + random.nextInt(8), 0, 12)
                .mapToObj(i -> String.valueOf("ab1:./,#\"; é".charAt(i)))
                .collect(Collectors.joining());
    }

    private static String written(String value, Random random) {
        boolean needsQuotes = !value.equals(value.strip()) || value.matches(".*[,#\"].*");
        return needsQuotes || random.nextBoolean() ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private List<Map<String, String>> rows(String text) {
        var table = Csv.read(
                Source.named("t"), text, COLUMNS, (place, refusal) -> refusals.add(place.line() + ": " + refusal));
        return table.items().stream().map(CsvTest::row).toList();
    }

    private static Map<String, String> row(Node node) {
        var row = new LinkedHashMap<String, String>();
        ((Node.Mapping) node)
                .entries()
                .forEach(entry -> row.put(((Node.Scalar) entry.key()).value(), ((Node.Scalar) entry.value()).value()));
        return row;
    }
}
