// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;
import nat64.translator.session.policy.SubscriberLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks that judge what the running gateway shows. */
class StateTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final SubscriberLimits LIMITS = new SubscriberLimits(64, 1000, 0, 0);

    private final Map<String, String> pages = new TreeMap<>(Map.of(
            "/api/v1/status",
            """
            {"version": "1.2", "role": "both", "uptime_seconds": 7380, "ready": true, "missing": [], "stuck": []}""",
            "/api/v1/stats",
            stats("500", "2026-12-01T00:00:00Z", "true", "true"),
            "/metrics",
            """
            # TYPE nat64_host_state gauge
            nat64_host_state{what="forwarding",} 1.0
            nat64_host_state{what="own_address",} 1.0
            """,
            "/api/v1/pool4?limit=1000",
            pool4("198.51.100.7", 900),
            "/api/v1/subscribers?limit=1000",
            """
            {"subscribers": [{"prefix": "2001:db8::/64", "sessions": 12, "ports": 3}]}"""));

    @Test
    void aHealthyGatewayIsGreen() {
        assertThat(new RunningCheck(state(), "1.2", List.of(), true).examine())
                .isEqualTo(new Ok("nat64 1.2 runs (role: both), for 2 h 3 min"));
        assertThat(new ReadinessCheck(state()).examine()).isEqualTo(new Ok("clients are served"));
        assertThat(new HostStateCheck(state()).examine()).isEqualTo(new Ok("there: forwarding, own address"));
        assertThat(new UpstreamsCheck(state()).examine()).isEqualTo(new Ok("192.0.2.53:53"));
        assertThat(new PrefixesCheck(state()).examine()).isEqualTo(new Ok("64:ff9b::/96 works"));
        assertThat(new TablesCheck(state()).examine())
                .isEqualTo(new Ok("the fullest table is tcp: 500 of 1000 (50 %)"));
        assertThat(new Pool4Check(state()).examine()).isEqualTo(new Ok("1 address; ports of tcp: 100 of 1000 (10 %)"));
        assertThat(new SubscribersCheck(state(), LIMITS).examine()).isEqualTo(new Ok("of 1, none is near a limit"));
        assertThat(new CertificateCheck(state(), NOW).examine()).isEqualTo(new Ok("it expires in 30 days"));
    }

    @Test
    void withoutAGatewayOnlyThatIsRed() {
        pages.clear();

        assertThat(new RunningCheck(state(), "1.2", List.of(), true).examine())
                .isEqualTo(new Failed(
                        "no gateway answers at /a", "start the gateway: systemctl start nat64, or nat64 run"));
        assertThat(new RunningCheck(state(), "1.2", List.of(7L), true).examine().found())
                .isEqualTo("process 7 runs, but no gateway answers at /a");
        assertThat(new RunningCheck(state(), "1.2", List.of(), false).examine()).isInstanceOf(Skipped.class);
        assertThat(List.of(
                        new ReadinessCheck(state()),
                        new HostStateCheck(state()),
                        new UpstreamsCheck(state()),
                        new PrefixesCheck(state()),
                        new TablesCheck(state()),
                        new Pool4Check(state()),
                        new SubscribersCheck(state(), LIMITS),
                        new CertificateCheck(state(), NOW)))
                .allSatisfy(check -> assertThat(check.examine()).isEqualTo(new Skipped("no gateway answers")));
    }

    @Test
    void anotherVersionThanTheInstalledOneIsAWarning() {
        assertThat(new RunningCheck(state(), "1.3", List.of(), true).examine())
                .isEqualTo(new Warning(
                        "nat64 1.2 runs (role: both), for 2 h 3 min, but 1.3 is installed",
                        "restart the gateway, or take its place: nat64 run --take-over"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "packets to 64:ff9b::/96 do not reach the IPv4 side: the chain ip6 filter FORWARD drops all that no rule"
                        + " accepts (policy drop); accept packets from and to nat64 there"
                        + " | accept packets from and to nat64 there",
                "no upstream resolver has answered yet | see dns64.upstreams, and whether they answer: dig @ADDRESS example.org",
                "no IPv4 uplink: no link has an IPv4 address | bring the link up, or set the IPv4 default route again: ip route",
                "something new | the log says more: journalctl -u nat64",
            })
    void whatIsMissingHasARemedy(String missing, String remedy) {
        pages.put("/api/v1/status", """
                {"version": "1.2", "ready": false, "missing": ["%s"], "stuck": []}""".formatted(missing));

        var result = new ReadinessCheck(state()).examine();

        assertThat(result)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.remedy()).isEqualTo(remedy));
        assertThat(result.found()).startsWith("not ready: " + missing.replaceFirst("; .*", ""));
    }

    @Test
    void aStuckThreadNeedsARestart() {
        pages.put("/api/v1/status", """
                {"missing": ["x"], "stuck": ["the thread nat64-worker-0 has done nothing"]}""");

        assertThat(new ReadinessCheck(state()).examine())
                .isEqualTo(new Failed(
                        "the thread nat64-worker-0 has done nothing", "restart the gateway: systemctl restart nat64"));
    }

    @Test
    void whatTheHostLacksIsNamed() {
        pages.put("/metrics", "nat64_host_state{what=\"route\",} 0.0\nnat64_host_state{what=\"link\",} 1.0\n");

        assertThat(new HostStateCheck(state()).examine().found()).isEqualTo("missing on this host: route");
    }

    @Test
    void upstreamsThatDoNotAnswerAreNamed() {
        pages.put("/api/v1/stats", stats("500", "2026-12-01T00:00:00Z", "false", "true"));

        assertThat(new UpstreamsCheck(state()).examine())
                .isInstanceOf(Failed.class)
                .extracting(Result::found)
                .isEqualTo("none answers: 192.0.2.53:53");
    }

    @Test
    void aPref64ThatIsDownIsTheFaultOfReadinessUnlessTheGatewayIsReady() {
        pages.put("/api/v1/stats", stats("500", "2026-12-01T00:00:00Z", "true", "false"));
        assertThat(new PrefixesCheck(state()).examine()).isInstanceOf(Failed.class);

        pages.put("/api/v1/status", "{\"ready\": false}");
        assertThat(new PrefixesCheck(state()).examine()).isInstanceOf(Skipped.class);
    }

    @Test
    void tablesWarnBeforeTheyAreFull() {
        pages.put("/api/v1/stats", stats("850", "2026-12-01T00:00:00Z", "true", "true"));
        assertThat(new TablesCheck(state()).examine())
                .isInstanceOf(Warning.class)
                .extracting(Result::found)
                .isEqualTo("tcp: 850 of 1000 (85 %)");

        pages.put("/api/v1/stats", stats("1000", "2026-12-01T00:00:00Z", "true", "true"));
        assertThat(new TablesCheck(state()).examine().found())
                .isEqualTo("tcp: 1000 of 1000 (100 %): new sessions are refused");
    }

    @Test
    void pool4WarnsBeforeItsPortsAreGone() {
        pages.put("/api/v1/pool4?limit=1000", pool4("198.51.100.7", 100));
        assertThat(new Pool4Check(state()).examine()).isInstanceOf(Warning.class);

        pages.put("/api/v1/pool4?limit=1000", pool4("198.51.100.7", 0));
        assertThat(new Pool4Check(state()).examine()).isInstanceOf(Failed.class);
    }

    @Test
    void aSubscriberNearItsLimitIsNamed() {
        pages.put("/api/v1/subscribers?limit=1000", """
                {"subscribers": [{"prefix": "2001:db8::/64", "sessions": 12, "ports": 3}], "next": "7"}""");
        pages.put("/api/v1/subscribers?limit=1000&cursor=7", """
                {"subscribers": [{"prefix": "2001:db8:0:1::/64", "sessions": 950, "ports": 3}]}""");

        assertThat(new SubscribersCheck(state(), LIMITS).examine().found())
                .isEqualTo("sessions of 2001:db8:0:1::/64: 950 of 1000 (95 %)");
        assertThat(new SubscribersCheck(state(), SubscriberLimits.NONE).examine())
                .isEqualTo(new Skipped("no limit is set"));
    }

    @Test
    void aCertificateWarnsTwoWeeksBeforeItExpires() {
        pages.put("/api/v1/stats", stats("1", "2026-11-10T00:00:00Z", "true", "true"));
        assertThat(new CertificateCheck(state(), NOW).examine().found())
                .isEqualTo("it expires at 2026-11-10T00:00:00Z, in 9 days");

        pages.put("/api/v1/stats", stats("1", "2026-10-10T00:00:00Z", "true", "true"));
        assertThat(new CertificateCheck(state(), NOW).examine()).isInstanceOf(Failed.class);
    }

    private RunningState state() {
        return RunningState.of(path ->
                Optional.ofNullable(pages.get(path)).orElseThrow(() -> new IOException("no gateway answers at /a")));
    }

    private static String pool4(String address, int free) {
        return """
                {"pool4": [{"address": "%1$s", "draining": false, "offered": 1000, "tcp": {"bound": 1, "free": %2$d},
                 "udp": {"free": 1000}, "icmp": {"free": 1000}}]}""".formatted(address, free);
    }

    private static String stats(String sessions, String expires, String reliable, String up) {
        return """
                {"translator": {"tables": {
                   "tcp": {"sessions": %s, "capacity": 1000}, "udp": {"sessions": 1, "capacity": 1000}}},
                 "dns64": {"upstreams": {"192.0.2.53:53": {"reliable": %s}}, "prefixes_up": {"64:ff9b::/96": %s},
                  "certificate": {"expires": "%s"}}}""".formatted(sessions, reliable, up, expires);
    }
}
