// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static nat64.gateway.config.file.OnChange.RELOAD;

import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;

/** The keys of the section {@code metrics}. */
final class MetricsKeys {

    static final Keys KEYS = Keys.section("metrics");

    private static final int MOST_SUBSCRIBERS = 20;

    static final ValueKey<Integer> TOP_SUBSCRIBERS = KEYS.value(
            "top-subscribers",
            "0",
            Formats.integer(0, MOST_SUBSCRIBERS),
            RELOAD,
            "How many of the subscribers with the most sessions `/metrics` names, by their prefixes; 0 for none. Whoever"
                    + " reads the metrics then learns who is active. Looked up every 10 s at most; needs a limit in"
                    + " `translator.subscribers`, as by default.");

    private MetricsKeys() {}
}
