// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Kinds of values that any configuration has: numbers, words, times and sizes. */
public final class Formats {

    public static final String AUTO = "auto";
    public static final String NONE = "none";

    public static final Format<Boolean> BOOLEAN =
            new Format<>(List.of("true", "false"), Formats::bool, Map.of("type", "boolean"));
    public static final Format<Duration> DURATION = new Format<>(
            List.of("5m", "3m"), Formats::duration, Map.of("type", "string", "pattern", "^[0-9]{1,9}(ms|s|m|h|d)$"));
    public static final Format<Long> SIZE = new Format<>(
            List.of("16Mi", "8Mi"), Formats::size, Map.of("type", "string", "pattern", "^[0-9]{1,9}(Ki|Mi|Gi)$"));

    private static final Pattern DIGITS = Pattern.compile("\\d{1,10}");
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})([A-Za-z]*)");
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Integer> SIZE_UNITS = Map.of("Ki", 10, "Mi", 20, "Gi", 30);

    private Formats() {}

    /** A whole number, both bounds included. */
    public static Format<Integer> integer(int lowest, int highest) {
        return new Format<>(
                List.of(String.valueOf(lowest), String.valueOf(highest)),
                text -> {
                    if (!DIGITS.matcher(text).matches() || !isBetween(lowest, Long.parseLong(text), highest)) {
                        throw refusal("%s is not an integer between %d and %d".formatted(text, lowest, highest));
                    }
                    return Integer.parseInt(text);
                },
                Map.of("type", "integer", "minimum", lowest, "maximum", highest));
    }

    /** A constant, in lower case with hyphens. */
    public static <E extends Enum<E>> Format<E> oneOf(Class<E> choices) {
        var byName =
                Arrays.stream(choices.getEnumConstants()).collect(Collectors.toMap(Formats::spelled, choice -> choice));
        var names =
                Arrays.stream(choices.getEnumConstants()).map(Formats::spelled).toList();
        return new Format<>(
                names,
                text -> {
                    E choice = byName.get(text);
                    if (choice == null) {
                        throw refusal("%s is not known; write one of: %s".formatted(text, String.join(", ", names)));
                    }
                    return choice;
                },
                Format.wordSchema(names));
    }

    /** A value, or the word {@code auto}. */
    public static <T> Format<AutoOr<T>> orAuto(Format<T> format) {
        return format.<AutoOr<T>>map(AutoOr.Given::new).or(Map.of(AUTO, new AutoOr.Auto<>()));
    }

    /** A value, or the word {@code none}. */
    public static <T> Format<Optional<T>> orNone(Format<T> format) {
        return format.map(Optional::of).or(Map.of(NONE, Optional.empty()));
    }

    private static boolean isBetween(int lowest, long value, int highest) {
        return lowest <= value && value <= highest;
    }

    private static String spelled(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refusal(text + " is neither true nor false; write true or false");
        };
    }

    private static Duration duration(String text) {
        var amount = AMOUNT.matcher(text);
        if (!amount.matches() || !TIME_UNITS.containsKey(amount.group(2))) {
            throw refusal(text + " is not a time; write an integer and a unit, ms, s, m, h or d, such as 90s or 5m");
        }
        return TIME_UNITS.get(amount.group(2)).multipliedBy(Long.parseLong(amount.group(1)));
    }

    private static long size(String text) {
        var amount = AMOUNT.matcher(text);
        if (!amount.matches() || !SIZE_UNITS.containsKey(amount.group(2))) {
            throw refusal(text + " is not a size; write an integer and a unit, Ki, Mi or Gi, such as 64Mi");
        }
        return Long.parseLong(amount.group(1)) << SIZE_UNITS.get(amount.group(2));
    }

    private static IllegalArgumentException refusal(String sentence) {
        return new IllegalArgumentException(sentence);
    }
}
