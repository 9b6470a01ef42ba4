// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads lists of mappings as tables: a line per mapping, with values parted by commas (RFC 4180). Beyond the RFC, what
 * follows a {@code #} is a remark, empty lines and spaces around values are ignored, and an empty value is none. A
 * value in quotes ends in its line. The first line may name the columns, in any order.
 */
public final class Csv {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Columns known;
    private final Refusals refusals;
    private final List<Node> rows = new ArrayList<>();
    private List<String> columns;

    /**
     * What a table may have.
     *
     * @param all in the order that holds where the first line does not name them
     * @param required those that every line must have
     */
    public record Columns(List<String> all, List<String> required) {

        public Columns {
            all = List.copyOf(all);
            required = List.copyOf(required);
        }

        private String inWords() {
            return "the columns are " + String.join(",", all);
        }
    }

    /** Takes what is wrong with a line, which is left out then. */
    public interface Refusals {
        void refuse(Place place, String text);
    }

    private Csv(Columns known, Refusals refusals) {
        this.known = known;
        this.refusals = refusals;
        this.columns = known.all();
    }

    /** The lines of a text as mappings of column names to values. */
    public static Node.Sequence read(Source source, String text, Columns columns, Refusals refusals) {
        var csv = new Csv(columns, refusals);
        int number = 0;
        boolean isFirst = true;
        for (var line : (Iterable<String>) text.lines()::iterator) {
            number++;
            var place = source.at(number);
            var fields = csv.fields(number == 1 ? withoutMark(line) : line, place);
            if (fields.isEmpty()) {
                continue;
            }
            if (isFirst && columns.all().contains(fields.get().getFirst())) {
                csv.takeHeader(fields.get(), place);
            } else {
                csv.takeRow(fields.get(), place);
            }
            isFirst = false;
        }
        return new Node.Sequence(source.at(1), csv.rows);
    }

    /** The columns of the lines of a text, in their order: those that its first line names, or else all. */
    public static List<String> columns(String text, Columns columns) {
        var csv = new Csv(columns, (_, _) -> {});
        var first = text.lines()
                .map(line -> csv.fields(withoutMark(line), Place.DEFAULT))
                .flatMap(Optional::stream)
                .findFirst();
        return first.filter(names -> columns.all().contains(names.getFirst())).orElse(columns.all());
    }

    private static String withoutMark(String line) {
        return !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? line.substring(1) : line;
    }

    private void takeHeader(List<String> names, Place place) {
        for (var name : names) {
            if (!known.all().contains(name)) {
                refusals.refuse(place, "the column " + name + " is not known; " + known.inWords());
                return;
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            refusals.refuse(place, "names a column twice; remove one");
            return;
        }
        columns = names;
    }

    private void takeRow(List<String> fields, Place place) {
        if (fields.size() > columns.size()) {
            refusals.refuse(
                    place,
                    "has %d values, and there are %d columns; %s%s"
                            .formatted(
                                    fields.size(),
                                    columns.size(),
                                    known.inWords(),
                                    columns.equals(known.all()) ? "" : ", of which the first line names some"));
            return;
        }
        var entries = new ArrayList<Node.Entry>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).isEmpty()) {
                entries.add(new Node.Entry(
                        new Node.Scalar(place, columns.get(i), false), new Node.Scalar(place, fields.get(i), false)));
            }
        }
        for (var name : known.required()) {
            if (entries.stream().noneMatch(entry -> entry.isNamed(name))) {
                refusals.refuse(place, "has no " + name + "; " + known.inWords() + ", parted by commas");
                return;
            }
        }
        rows.add(new Node.Mapping(place, entries));
    }

    /** The values of a line; nothing if it has none, or is refused. */
    private Optional<List<String>> fields(String line, Place place) {
        var fields = new ArrayList<String>(known.all().size());
        int at = 0;
        while (true) {
            at = skipSpaces(line, at);
            if (at < line.length() && line.charAt(at) == '"') {
                var value = new StringBuilder();
                at = quoted(line, at + 1, value);
                if (at < 0) {
                    refusals.refuse(place, "a quote is not closed in this line; write a second one behind the value");
                    return Optional.empty();
                }
                fields.add(value.toString());
                at = skipSpaces(line, at);
            } else {
                int end = endOfPlain(line, at);
                fields.add(line.substring(at, end).strip());
                at = end;
            }
            if (at == line.length() || line.charAt(at) == '#') {
                boolean isEmpty = fields.size() == 1 && fields.getFirst().isEmpty();
                return isEmpty ? Optional.empty() : Optional.of(fields);
            }
            if (line.charAt(at) != ',') {
                refusals.refuse(place, "something follows a value in quotes; put all of the value in quotes");
                return Optional.empty();
            }
            at++;
        }
    }

    private static int skipSpaces(String line, int from) {
        int at = from;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int endOfPlain(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) != ',' && line.charAt(at) != '#') {
            at++;
        }
        return at;
    }

    /** Where the text behind the closing quote begins; negative if there is none. Two quotes stand for one. */
    private static int quoted(String line, int from, StringBuilder value) {
        for (int at = from; at < line.length(); at++) {
            if (line.charAt(at) != '"') {
                value.append(line.charAt(at));
            } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
                value.append('"');
                at++;
            } else {
                return at + 1;
            }
        }
        return -1;
    }
}
