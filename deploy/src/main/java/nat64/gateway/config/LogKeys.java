// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static nat64.gateway.config.file.OnChange.RESTART;

import nat64.gateway.config.common.LogConfig;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;

/** The keys of the section {@code log}. */
final class LogKeys {

    static final Keys KEYS = Keys.section("log");

    static final ValueKey<LogConfig.Level> LEVEL = KEYS.value(
            "level",
            "info",
            Formats.oneOf(LogConfig.Level.class),
            RESTART,
            "`error`, `warn`, `info`, `debug` or `trace`.");
    static final ValueKey<LogConfig.Format> FORMAT = KEYS.value(
            "format",
            "text",
            Formats.oneOf(LogConfig.Format.class),
            RESTART,
            "`text` for people, `json` for one JSON object per line, with `time`, `level`, `logger`, `message`, `thread`"
                    + " and, where there is one, `exception`. Times are those of RFC 3339. Logs go to standard error.");

    private LogKeys() {}
}
