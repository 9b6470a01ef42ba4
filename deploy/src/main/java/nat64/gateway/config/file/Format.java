// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one kind of value is written.
 *
 * @param examples right values; the first is shown when a wrong one was found
 * @param parser throws {@link IllegalArgumentException} with a sentence that says what is wrong
 * @param schema the kind as JSON Schema has it, which may accept more than the parser
 */
public record Format<T>(List<String> examples, Function<String, T> parser, Map<String, Object> schema) {

    private static final Map<String, Object> STRING = Map.of("type", "string");

    public Format {
        examples = List.copyOf(examples);
    }

    /** A string in JSON Schema. */
    public static <T> Format<T> of(String example, Function<String, T> parser) {
        return new Format<>(List.of(example), parser, STRING);
    }

    public String example() {
        return examples.getFirst();
    }

    public T parse(String text) {
        return parser.apply(text);
    }

    /** The same with other examples. */
    public Format<T> withExamples(String... others) {
        return new Format<>(List.of(others), parser, schema);
    }

    /** The same as JSON Schema shows it more closely. */
    public Format<T> withSchema(Map<String, Object> other) {
        return new Format<>(examples, parser, other);
    }

    /** The sentence, followed by a remedy if it has none. */
    public String explain(IllegalArgumentException refusal) {
        var why = String.valueOf(refusal.getMessage());
        return why.contains("; ") ? why : why + "; write for example " + example();
    }

    /** The same with a value of another type. */
    public <R> Format<R> map(Function<T, R> function) {
        return new Format<>(examples, text -> function.apply(parse(text)), schema);
    }

    /** The same format, where some words stand for values, too. */
    public Format<T> or(Map<String, T> words) {
        var sorted = words.keySet().stream().sorted().toList();
        return new Format<>(
                Stream.concat(examples.stream(), sorted.stream()).toList(),
                text -> {
                    var meaning = words.get(text);
                    return meaning != null ? meaning : parseOr(sorted, text);
                },
                STRING.equals(schema) ? schema : Map.of("anyOf", List.of(wordSchema(sorted), schema)));
    }

    /** The same format with one more rule, which throws as the parser does. */
    public Format<T> and(Consumer<T> rule) {
        return new Format<>(
                examples,
                text -> {
                    T value = parse(text);
                    rule.accept(value);
                    return value;
                },
                schema);
    }

    /** One of these words. YAML 1.1, which many editors follow, reads {@code off} as false. */
    static Map<String, Object> wordSchema(List<String> words) {
        var all = new ArrayList<Object>(words);
        if (words.contains("off")) {
            all.add(false);
        }
        return Map.of("enum", all);
    }

    private T parseOr(List<String> words, String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + ", nor " + words.stream().collect(Collectors.joining(" nor ")), e);
        }
    }
}
