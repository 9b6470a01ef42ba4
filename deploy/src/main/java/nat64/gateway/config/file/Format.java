// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How one kind of value is written.
 *
 * @param example a right value, shown when a wrong one was found
 * @param parser throws {@link IllegalArgumentException} with a sentence that says what is wrong
 */
public record Format<T>(String example, Function<String, T> parser) {

    public T parse(String text) {
        return parser.apply(text);
    }

    /** The sentence, followed by a way out if it names none. */
    public String explain(IllegalArgumentException refusal) {
        var why = String.valueOf(refusal.getMessage());
        return why.contains("; ") ? why : why + "; write for example " + example;
    }

    /** The same format, where some words stand for values, too. */
    public Format<T> or(Map<String, T> words) {
        return new Format<>(example, text -> {
            var meaning = words.get(text);
            if (meaning != null) {
                return meaning;
            }
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                var known = words.keySet().stream().sorted().collect(Collectors.joining(" nor "));
                throw new IllegalArgumentException(e.getMessage() + ", nor " + known, e);
            }
        });
    }

    /** The same format with one more rule, which throws as the parser does. */
    public Format<T> and(Consumer<T> rule) {
        return new Format<>(example, text -> {
            T value = parse(text);
            rule.accept(value);
            return value;
        });
    }
}
