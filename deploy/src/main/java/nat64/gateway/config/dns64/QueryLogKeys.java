// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import static nat64.gateway.config.file.OnChange.RESTART;

import java.util.Map;
import nat64.gateway.config.common.LogConfig;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;

/** The keys of the section {@code dns64.query-log}. */
public final class QueryLogKeys {

    public static final Keys KEYS = Keys.section("dns64.query-log");

    private static final Format<Integer> ONE_IN = Formats.integer(2, 1_000_000_000);

    static final ValueKey<Integer> QUERIES = KEYS.value(
            "queries",
            "none",
            Format.of("1/100", QueryLogKeys::oneIn)
                    .withExamples("1/100", "all")
                    .withSchema(Map.of("type", "string", "pattern", "^(none|all|1/[0-9]{1,10})$")),
            RESTART,
            "Which answered queries are logged: `none`, `all`, or one in so many at random, such as `1/100`.");
    static final ValueKey<LogConfig.Format> FORMAT = KEYS.value(
            "format",
            "text",
            Formats.oneOf(LogConfig.Format.class),
            RESTART,
            "`text` for people, `json` for one JSON object per line. Lines go to standard output.");

    private QueryLogKeys() {}

    /** {@code none}, {@code all}, or {@code 1/100} for one in a hundred. */
    private static int oneIn(String text) {
        return switch (text) {
            case "none" -> 0;
            case "all" -> 1;
            case String share when share.startsWith("1/") -> ONE_IN.parse(share.substring(2));
            default ->
                throw new IllegalArgumentException(
                        text + " is not a share of the queries; write none, all, or 1/100 for one in a hundred");
        };
    }
}
