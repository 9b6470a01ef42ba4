// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

/**
 * What the metrics show beside the counters that are always there.
 *
 * @param topSubscribers how many of the subscribers with the most sessions are named
 */
public record MetricsConfig(int topSubscribers) {

    /** Nothing. */
    public static final MetricsConfig NONE = new MetricsConfig(0);
}
