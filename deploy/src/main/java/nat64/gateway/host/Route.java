// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A route of the host, as {@code ip -json route show} prints it.
 *
 * @param type as in ip-route(8), such as {@code unicast} or {@code blackhole}
 * @param destination a prefix, an address or {@code default}
 * @param gateway of the only next hop; empty if there is none
 * @param devices of its next hops; none for one that drops packets
 * @param table its name or number; {@code main} is the usual one
 * @param mtu of its own, in bytes; 0 if it has none
 */
record Route(String type, String destination, String gateway, List<String> devices, String table, int mtu) {

    /** The routes in the output of {@code ip -json route show}. */
    static List<Route> parse(JsonNode printed) {
        return StreamSupport.stream(printed.spliterator(), false).map(Route::of).toList();
    }

    private static Route of(JsonNode route) {
        return new Route(
                route.path("type").asText("unicast"),
                route.path("dst").asText(),
                route.path("gateway").asText(),
                route.findValuesAsText("dev").stream().distinct().toList(),
                route.path("table").asText("main"),
                route.path("metrics").path(0).path("mtu").asInt());
    }

    /** As {@code ip route} would print it. */
    @Override
    public String toString() {
        return (type.equals("unicast") ? "" : type + " ")
                + destination
                + (gateway.isEmpty() ? "" : " via " + gateway)
                + (devices.isEmpty() ? "" : " dev " + String.join(", ", devices))
                + (table.equals("main") ? "" : " table " + table);
    }
}
