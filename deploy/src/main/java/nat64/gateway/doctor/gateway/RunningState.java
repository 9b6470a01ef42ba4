// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nat64.gateway.json.Json;

/**
 * What the running gateway shows at its admin server, read once.
 *
 * @param status the answer of {@code /api/v1/status}; nothing if no gateway answers
 * @param statistics that of {@code /api/v1/stats}
 * @param metrics that of {@code /metrics}
 * @param pool4 its addresses
 * @param subscribers those that hold sessions
 * @param silence why no gateway answers; empty if one does
 */
record RunningState(
        Optional<JsonNode> status,
        JsonNode statistics,
        String metrics,
        List<JsonNode> pool4,
        List<JsonNode> subscribers,
        String silence) {

    static final String NO_GATEWAY = "no gateway answers";

    /** Pages of a list: more than these, of 1000 rows each, are not looked at. */
    private static final int MOST_PAGES = 20;

    RunningState {
        pool4 = List.copyOf(pool4);
        subscribers = List.copyOf(subscribers);
    }

    /** Where no gateway answers. */
    static RunningState silent(String why) {
        return new RunningState(Optional.empty(), Json.parse("{}"), "", List.of(), List.of(), why);
    }

    /** Asks the gateway. */
    static RunningState of(AdminPages admin) {
        try {
            var status = Json.parse(admin.get("/api/v1/status"));
            var statistics = Json.parse(admin.get("/api/v1/stats"));
            boolean hasTables = !statistics.at("/translator/tables").isEmpty();
            return new RunningState(
                    Optional.of(status),
                    statistics,
                    admin.get("/metrics"),
                    hasTables ? all(admin, "pool4") : List.of(),
                    hasTables ? all(admin, "subscribers") : List.of(),
                    "");
        } catch (IOException e) {
            return silent(String.valueOf(e.getMessage()));
        }
    }

    private static List<JsonNode> all(AdminPages admin, String name) throws IOException {
        var rows = new ArrayList<JsonNode>();
        var target = "/api/v1/" + name + "?limit=1000";
        var next = "";
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            var page = Json.parse(admin.get(target + next));
            page.path(name).forEach(rows::add);
            if (!page.has("next")) {
                break;
            }
            next = "&cursor=" + page.path("next").asText();
        }
        return rows;
    }

    boolean isRunning() {
        return status.isPresent();
    }

    boolean translates() {
        return statistics.has("translator");
    }

    boolean answersDns() {
        return statistics.has("dns64");
    }
}
