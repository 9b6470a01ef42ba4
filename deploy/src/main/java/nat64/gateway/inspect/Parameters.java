// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.inspect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a question asks for, by name. Every method throws IllegalArgumentException, with what would be right. */
record Parameters(Map<String, String> values) {

    /** With these names and no others. */
    static Parameters of(Map<String, String> values, List<String> names) {
        for (var name : values.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown parameter '%s'; the parameters are: %s".formatted(name, String.join(", ", names)));
            }
        }
        return new Parameters(Map.copyOf(values));
    }

    <T> Optional<T> read(String name, Function<String, T> parser) {
        var text = values.get(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the parameter '%s': %s".formatted(name, e.getMessage()), e);
        }
    }

    /** A constant in lower case. */
    <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        return read(
                name,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> label(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("'%s' is not one of: %s"
                                .formatted(
                                        text,
                                        Arrays.stream(type.getEnumConstants())
                                                .map(Parameters::label)
                                                .collect(Collectors.joining(", "))))));
    }

    OptionalInt number(String name, int least, int most) {
        var number = read(name, text -> parse(text, least, most));
        return number.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(number.get().intValue());
    }

    private static long parse(String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException("'%s' is not a number from %d to %d".formatted(text, least, most));
    }

    /** Where a page begins, as the page before has told. */
    long cursor(long beginning) {
        return read("cursor", text -> parse(text, 0, Long.MAX_VALUE)).orElse(beginning);
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
