// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import nat64.gateway.bindinglog.history.Tenure.Place;
import nat64.gateway.json.Json;

/** What one line of the log means for bindings. */
sealed interface LogLine {

    Instant time();

    /** A binding or a block of ports began, or was there when the log began. */
    record Has(Instant time, Place place, String client, int clientPort, boolean isStart) implements LogLine {}

    record Ended(Instant time, Place place, String client, int clientPort) implements LogLine {}

    /** A gateway has begun to log: what it does not list as present has ended before. */
    record Began(Instant time) implements LogLine {}

    record Lost(Instant time, long records) implements LogLine {}

    /** A line about something else, such as a session. */
    record Other(Instant time) implements LogLine {}

    /** Nothing if the line is not a record: the last one before a crash may be cut off. */
    static Optional<LogLine> parse(String line) {
        try {
            var json = Json.parse(line);
            var time = OffsetDateTime.parse(json.path("time").asText()).toInstant();
            return Optional.of(
                    switch (json.path("event").asText()) {
                        case "binding_start", "binding_present" ->
                            new Has(
                                    time,
                                    place(json),
                                    json.path("client").asText(),
                                    json.path("client_port").asInt(),
                                    json.path("event").asText().equals("binding_start"));
                        case "binding_end" ->
                            new Ended(
                                    time,
                                    place(json),
                                    json.path("client").asText(),
                                    json.path("client_port").asInt());
                        case "block_start", "block_present" ->
                            new Has(
                                    time,
                                    block(json),
                                    json.path("subscriber").asText(),
                                    0,
                                    json.path("event").asText().equals("block_start"));
                        case "block_end" ->
                            new Ended(time, block(json), json.path("subscriber").asText(), 0);
                        case "log_start" -> new Began(time);
                        case "lost" -> new Lost(time, json.path("records").asLong());
                        default -> new Other(time);
                    });
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Place block(JsonNode json) {
        return new Place(
                Place.ANY,
                json.path("pool4").asText(),
                json.path("first_port").asInt(),
                json.path("last_port").asInt());
    }

    private static Place place(JsonNode json) {
        return new Place(
                json.path("protocol").asText(),
                json.path("pool4").asText(),
                json.path("pool4_port").asInt());
    }
}
