// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import nat64.gateway.json.Json;
import org.junit.jupiter.api.Test;

@SuppressWarnings("InlineFormatString") // long texts
class TopScreenTest {

    private static final String HEALTH =
            "{\"version\": \"0.1.0\", \"uptime_seconds\": 62, \"ready\": %s, \"missing\": [\"the uplink is down\"]}";

    private static final String STATS = """
            {"translator": {"from_ipv6": {"packets": %1$d, "octets": %1$d000,
                                          "dropped": {"too_big": %2$d, "malformed": 1}},
                            "from_ipv4": {"packets": 0, "octets": 0, "dropped": {"no_session": 7}},
                            "tables": {"tcp": {"sessions": 1200, "capacity": 100000, "created": %1$d, "expired": 0},
                                       "udp": {"sessions": 0, "capacity": 100000, "created": 0, "expired": 0},
                                       "icmp": {"sessions": 0, "capacity": 100000, "created": 0, "expired": 0}}},
             "dns64": {"queries": {"udp": %1$d}, "in_flight": 3, "packet_cache": {"hits": %1$d, "misses": 0}}}
            """;

    @Test
    void showsWhatHappensNow() {
        var screen =
                screen("true", List.of(address("198.51.100.7", 750), address("198.51.100.8", 250)), subscribers(5));

        assertThat(screen.lines())
                .containsExactly(
                        "nat64 0.1.0  ready  up 1m2s",
                        "",
                        "                 packets/s        Mbit/s     dropped/s",
                        "from IPv6            2,000          16.0            10",
                        "from IPv4                0           0.0             0",
                        "sessions              live            of         new/s       ended/s",
                        "tcp                  1,200       100,000         2,000             0",
                        "udp                      0       100,000             0             0",
                        "icmp                     0       100,000             0             0",
                        "pool4       198.51.100.8     75.0 % of 1,000 ports",
                        "pool4       198.51.100.7     25.0 % of 1,000 ports",
                        "subscriber  2001:db8:5::/64                        5 sessions         1 ports",
                        "subscriber  2001:db8:4::/64                        4 sessions         1 ports",
                        "subscriber  2001:db8:3::/64                        3 sessions         1 ports",
                        "dropped     from_ipv6 too_big                               10/s",
                        "dns64       2,000 queries/s, 100 % out of the cache, 3 in flight");
    }

    @Test
    void saysFirstThatTheGatewayIsNotReady() {
        assertThat(screen("false", List.of(), List.of()).lines())
                .startsWith("nat64 0.1.0  NOT READY  up 1m2s", "  the uplink is down");
    }

    @Test
    void fitsASmallTerminal() {
        var pool4 = IntStream.range(0, 200)
                .mapToObj(i -> address("198.51.100." + i, i))
                .toList();

        assertThat(screen("true", pool4, subscribers(300)).lines())
                .hasSizeLessThanOrEqualTo(24)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    private static TopScreen screen(String ready, List<JsonNode> pool4, List<JsonNode> subscribers) {
        var rates = new Rates(Json.parse(STATS.formatted(1000, 5)), Json.parse(STATS.formatted(5000, 25)), 2);
        return new TopScreen(Json.parse(HEALTH.formatted(ready)), rates, pool4, subscribers);
    }

    private static JsonNode address(String address, int free) {
        return Json.parse("""
                {"address": "%s", "offered": 1000, "tcp": {"free": %d}, "udp": {"free": 1000}, "icmp": {"free": 1000}}
                """.formatted(address, free));
    }

    private static List<JsonNode> subscribers(int number) {
        var all = Json.parse(IntStream.rangeClosed(1, number)
                .mapToObj("{\"prefix\": \"2001:db8:%1$d::/64\", \"sessions\": %1$d, \"ports\": 1}"::formatted)
                .toList()
                .toString());
        return StreamSupport.stream(all.spliterator(), false).toList();
    }
}
