// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nat64.dns64.Dns64Statistics;
import nat64.dns64.statistics.CertificateState;
import nat64.translator.pipeline.TranslatorStatistics;

/** What {@code /api/v1/stats} shows: both halves, those that run. */
public final class StatisticsReport {

    private StatisticsReport() {}

    /** Maps and records that become JSON. */
    public static Map<String, Object> of(Optional<TranslatorStatistics> translator, Optional<Dns64Statistics> dns64) {
        var report = new LinkedHashMap<String, Object>();
        translator.ifPresent(statistics -> report.put("translator", statistics));
        dns64.ifPresent(statistics -> report.put("dns64", dns64(statistics)));
        return report;
    }

    private static Map<String, Object> certificate(CertificateState used) {
        var report = new LinkedHashMap<String, Object>();
        report.put("expires", used.expires().toString());
        report.put("reloads", used.reloads());
        report.put("failures", used.failures());
        return report;
    }

    private static Map<String, Object> dns64(Dns64Statistics statistics) {
        var answers = new LinkedHashMap<String, Map<String, Long>>();
        statistics
                .answers()
                .forEach((answer, count) -> answers.computeIfAbsent(answer.rcode(), _ -> new LinkedHashMap<>())
                        .put(answer.reason().label(), count));
        var upstreams = new LinkedHashMap<String, Object>();
        statistics.upstreams().forEach((upstream, counts) -> upstreams.put(upstream.toString(), counts));
        var prefixes = new LinkedHashMap<String, Boolean>();
        statistics.prefixes().forEach((prefix, up) -> prefixes.put(prefix.toString(), up));
        var report = new LinkedHashMap<String, Object>();
        report.put("queries", statistics.queries());
        report.put("answers", answers);
        report.put("dropped", statistics.dropped());
        report.put("cache", statistics.cache());
        report.put("ready_answers", statistics.ready());
        report.put("upstreams", upstreams);
        report.put("prefixes_up", prefixes);
        report.put("unlogged", statistics.unlogged());
        report.put("in_flight", statistics.inFlight());
        report.put("connections", statistics.connections());
        var verdicts = new LinkedHashMap<String, Long>();
        statistics.statuses().forEach((verdict, count) -> verdicts.put(verdict.label(), count));
        report.put("dnssec", verdicts);
        statistics.certificate().ifPresent(used -> report.put("certificate", certificate(used)));
        return report;
    }
}
