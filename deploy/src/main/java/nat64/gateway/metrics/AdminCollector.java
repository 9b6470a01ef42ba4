// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import java.util.List;
import java.util.function.Supplier;
import nat64.gateway.admin.access.AdminStatistics;

/** The families {@code nat64_admin_*}. */
final class AdminCollector extends Collector implements Collector.Describable {

    private final Supplier<AdminStatistics> statistics;

    AdminCollector(Supplier<AdminStatistics> statistics) {
        this.statistics = statistics;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var now = statistics.get();
        return List.of(
                new CounterMetricFamily(
                        "nat64_admin_wrong_tokens",
                        "Requests to the admin server over TLS with a wrong token.",
                        now.wrongTokens()),
                new CounterMetricFamily(
                        "nat64_admin_limited_requests",
                        "Requests over TLS whose token was not looked at, after too many wrong ones of their network.",
                        now.limited()));
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return collect();
    }
}
