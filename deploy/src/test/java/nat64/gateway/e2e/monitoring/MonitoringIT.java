// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.metrics.MonitoringFiles;
import nat64.gateway.metrics.MonitoringFiles.Rule;
import nat64.gateway.system.Commands;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A gateway under load, and a Prometheus that scrapes it: every query that is shipped has an answer. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class MonitoringIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A round of TCP, UDP, ICMP and DNS, over and over in the background, for as long as there is a file. */
    private static final String LOAD = """
            touch $loading; (while [ -e $loading ]; do
            curl -sS -o /dev/null http://[64:ff9b::192.52.193.2]/octets/100000
            ping -q -c 2 -i 0.2 64:ff9b::192.52.193.2
            dig +short AAAA ipv4only.example.org @$dns
            dig +short AAAA $RANDOM.example.org @$dns
            (exec 3<>/dev/udp/64:ff9b::192.52.193.2/7 && echo question >&3 && timeout 2 head -c 8 <&3)
            sleep 0.2; done) >/dev/null 2>&1 &
            """;

    private static TestBed bed;
    private static PrometheusServer prometheus;
    private static Path loading;

    @BeforeAll
    static void scrapeALoadedGateway() throws Exception {
        assumeTrue(Commands.locate("prometheus").isPresent(), "missing: prometheus; deploy/setup installs it");
        bed = Beds.build();
        var key = bed.directory().resolve("key.pem");
        var certificate = bed.directory().resolve("certificate.pem");
        Commands.run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30"
                + " -subj /CN=dns64.example.org -addext subjectAltName=DNS:dns64.example.org -keyout " + key + " -out "
                + certificate);
        var file = bed.directory().resolve("nat64.yaml");
        Files.writeString(file, """
                dns64: {tls: {certificate: %s, key: %s}}
                metrics: {top-subscribers: 5}
                """.formatted(certificate, key));
        bed.startReadyGateway("--config", file.toString());
        prometheus = PrometheusServer.start(bed.gateway(), bed.directory());
        loading = bed.directory().resolve("loading");
        Beds.run(bed.client(), "loading=" + loading + "; dns=" + TestBed.GATEWAY_IPV6 + "\n" + LOAD);
    }

    @AfterAll
    static void remove() throws Exception {
        if (loading != null) {
            Files.deleteIfExists(loading);
        }
        if (prometheus != null) {
            prometheus.close();
        }
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    void everyPanelHasData() throws Exception {
        var empty = new ArrayList<MonitoringFiles.Query>();
        for (var query : MonitoringFiles.queries()) {
            if (!prometheus.answers(query.resolved(), PATIENCE)) {
                empty.add(query);
            }
        }
        assertThat(empty).as("queries without an answer").isEmpty();
    }

    @Test
    void everyRecordedSeriesHasData() throws Exception {
        for (var rule : MonitoringFiles.rules()) {
            if (!rule.isAlert()) {
                assertThat(prometheus.answers(rule.name(), PATIENCE))
                        .as(rule.name())
                        .isTrue();
            }
        }
    }

    /**
     * Alerts are about faults, so on a healthy gateway their expressions compare and leave nothing. RulesIT shows that
     * each fires; here, each metric in them has a series.
     */
    @Test
    void everyAlertLooksAtSeriesThatThereAre() throws Exception {
        for (var rule : MonitoringFiles.rules().stream().filter(Rule::isAlert).toList()) {
            for (var name : MonitoringFiles.metrics(rule.expression())) {
                assertThat(prometheus.answers(name, PATIENCE))
                        .as("%s of the alert %s", name, rule.name())
                        .isTrue();
            }
        }
    }

    @Test
    void everyRuleIsEvaluatedWithoutAnError() throws Exception {
        prometheus.answers("instance:nat64_sessions:ratio", PATIENCE);
        int rules = 0;
        for (var group : prometheus.rules()) {
            for (var rule : group.path("rules")) {
                assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
                rules++;
            }
        }
        assertThat(rules).isEqualTo(MonitoringFiles.rules().size());
    }

    @Test
    void countsWhatTheClientSends() throws Exception {
        for (var protocol : new String[] {"tcp", "udp", "icmp"}) {
            var packets =
                    "rate(nat64_translated_packets_total{direction=\"%s\",protocol=\"%s\",path=\"translated\"}[1m]) > 0";
            assertThat(prometheus.answers(packets.formatted("from_ipv6", protocol), PATIENCE))
                    .as(protocol)
                    .isTrue();
            assertThat(prometheus.answers(packets.formatted("from_ipv4", protocol), PATIENCE))
                    .as(protocol)
                    .isTrue();
        }
        assertThat(prometheus.answers("sum(nat64_tcp_sessions) == sum(nat64_sessions{protocol=\"tcp\"})", PATIENCE))
                .isTrue();
        assertThat(prometheus.answers("nat64_top_subscriber_sessions{prefix=\"2001:db8:1::/64\"} > 0", PATIENCE))
                .isTrue();
    }
}
