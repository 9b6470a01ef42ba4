// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Kinds of values that any configuration has: numbers, words, times and sizes. */
public final class Formats {

    public static final String AUTO = "auto";

    public static final Format<Boolean> BOOLEAN = new Format<>("true", Formats::bool);
    public static final Format<Duration> DURATION = new Format<>("5m", Formats::duration);
    public static final Format<Long> SIZE = new Format<>("16Mi", Formats::size);

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

    public static Format<Integer> integer(int lowest, int highest) {
        return new Format<>(String.valueOf(lowest), text -> {
            if (!DIGITS.matcher(text).matches() || Long.parseLong(text) < lowest || Long.parseLong(text) > highest) {
                throw refusal("%s is no whole number from %d to %d".formatted(text, lowest, highest));
            }
            return Integer.parseInt(text);
        });
    }

    public static <E extends Enum<E>> Format<E> oneOf(Class<E> choices) {
        var byName =
                Arrays.stream(choices.getEnumConstants()).collect(Collectors.toMap(Formats::spelled, choice -> choice));
        var names =
                Arrays.stream(choices.getEnumConstants()).map(Formats::spelled).toList();
        return new Format<>(names.getFirst(), text -> {
            E choice = byName.get(text);
            if (choice == null) {
                throw refusal("%s is not known; write one of: %s".formatted(text, String.join(", ", names)));
            }
            return choice;
        });
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
            throw refusal(text + " is no time; write a whole number and a unit, ms, s, m, h or d, such as 90s or 5m");
        }
        return TIME_UNITS.get(amount.group(2)).multipliedBy(Long.parseLong(amount.group(1)));
    }

    private static long size(String text) {
        var amount = AMOUNT.matcher(text);
        if (!amount.matches() || !SIZE_UNITS.containsKey(amount.group(2))) {
            throw refusal(text + " is no size; write a whole number and a unit, Ki, Mi or Gi, such as 64Mi");
        }
        return Long.parseLong(amount.group(1)) << SIZE_UNITS.get(amount.group(2));
    }

    private static IllegalArgumentException refusal(String sentence) {
        return new IllegalArgumentException(sentence);
    }
}
