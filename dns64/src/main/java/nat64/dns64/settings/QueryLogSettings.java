// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import java.util.function.Consumer;
import nat64.dns64.statistics.QueryLogEntry;

/**
 * Which queries are logged, and where.
 *
 * @param every 0 for none, 1 for all, else one in so many, by chance
 * @param sink gets one entry after the other, on a thread that may block; what does not fit into the queue before it is
 *     counted and lost
 */
public record QueryLogSettings(int every, Consumer<QueryLogEntry> sink) {

    /** Nothing is logged. */
    public static final QueryLogSettings OFF = new QueryLogSettings(0, _ -> {});

    public QueryLogSettings {
        if (every < 0) {
            throw new IllegalArgumentException("the log takes one query in 0 or more, not in " + every);
        }
    }
}
