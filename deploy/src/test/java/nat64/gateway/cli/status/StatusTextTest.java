// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.json.Json;
import org.junit.jupiter.api.Test;

@SuppressWarnings("InlineFormatString") // long texts
class StatusTextTest {

    private static final String HEALTH = """
            {"version": "0.1.0", "role": "both", "started": "2026-11-30T08:00:00Z", "uptime_seconds": 7200,
             "ready": %s, "missing": [%s], "stuck": []}
            """;

    private static final String STATS = """
            {"translator": {"from_ipv6": {"packets": %1$d, "octets": 2000000,
                                          "dropped": {"too_big": 5, "malformed": 1}},
                            "from_ipv4": {"packets": 0, "octets": 0, "dropped": {}},
                            "tables": {"tcp": {"sessions": 12, "capacity": 100000, "bindings": 7}}},
             "dns64": {"queries": {"udp": %2$d, "tcp": 10}, "in_flight": 3,
                       "upstreams": {"192.0.2.53": {"reliable": true, "round_trip_seconds": 0.012}},
                       "prefixes_up": {"64:ff9b::/96": true}}}
            """;

    private static final String POOL4 = """
            [{"address": "198.51.100.7", "draining": false, "offered": 1000, "tcp": {"free": 900},
              "udp": {"free": 1000}, "icmp": {"free": 1000}},
             {"address": "198.51.100.8", "draining": true, "offered": 0}]
            """;

    @Test
    void tellsHealthRatesAndFill() {
        assertThat(text(HEALTH.formatted("true", "")).lines())
                .containsExactly(
                        "nat64 0.1.0: ready",
                        "up 2h0m, since 2026-11-30T08:00:00Z; role both",
                        "from IPv6   2,000 packets/s, 0.0 Mbit/s, 0 dropped/s",
                        "from IPv4   0 packets/s, 0.0 Mbit/s, 0 dropped/s",
                        "sessions    tcp  12 of 100,000, 7 bindings",
                        "pool4       198.51.100.7: tcp 10 %, udp 0 %, icmp 0 % of 1,000 ports used",
                        "pool4       198.51.100.8: draining",
                        "dns64       50 queries/s, 3 in flight",
                        "upstream    192.0.2.53: answers, 12 ms",
                        "prefix      64:ff9b::/96: up");
    }

    @Test
    void saysWhyTheGatewayIsNotReady() {
        assertThat(text(HEALTH.formatted("false", "\"the chain FORWARD drops packets\""))
                        .lines())
                .startsWith("nat64 0.1.0: not ready", "  the chain FORWARD drops packets");
    }

    private static StatusText text(String health) {
        var before = Json.parse(STATS.formatted(1000, 100));
        var now = Json.parse(STATS.formatted(5000, 200));
        return new StatusText(Json.parse(health), new Rates(before, now, 2), Json.parse(POOL4));
    }
}
