// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import nat64.gateway.config.file.Format;

/** How much is logged, and how it looks. */
public record LogConfig(Level level, Format format) {

    /** The least important level that is logged. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** Lines for people, or one JSON object per line. */
    public enum Format {
        TEXT,
        JSON
    }
}
