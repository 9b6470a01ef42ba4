// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import nat64.gateway.cli.table.ShortDuration;

/**
 * What {@code nat64 top} shows at a moment, in 80 columns and 24 rows at most.
 *
 * @param health the answer of {@code /api/v1/status}
 * @param pool4 the addresses, as {@code /api/v1/pool4} lists them
 * @param subscribers as {@code /api/v1/subscribers} lists them
 */
public record TopScreen(JsonNode health, Rates rates, List<JsonNode> pool4, List<JsonNode> subscribers) {

    private static final int COLUMNS = 80;
    private static final int ROWS = 24;
    private static final int MOST_LISTED = 3;
    private static final List<String> PROTOCOLS = List.of("tcp", "udp", "icmp");
    private static final double BITS = 8e-6; // megabits of an octet

    /** The lines, one after another. */
    public List<String> lines() {
        return Stream.of(heading(), traffic(), sessions(), pool4Lines(), subscriberLines(), drops(), dns())
                .flatMap(List::stream)
                .map(line -> line.length() > COLUMNS ? line.substring(0, COLUMNS) : line)
                .limit(ROWS)
                .toList();
    }

    private List<String> heading() {
        var lines = new ArrayList<String>();
        boolean ready = health.path("ready").asBoolean();
        lines.add("nat64 %s  %s  up %s"
                .formatted(
                        health.path("version").asText(),
                        ready ? "ready" : "NOT READY",
                        ShortDuration.of(health.path("uptime_seconds").asLong())));
        lines.add(ready ? "" : "  " + health.path("missing").path(0).asText());
        return lines;
    }

    private List<String> traffic() {
        if (!rates.now().has("translator")) {
            return List.of();
        }
        return List.of(
                line("%-12s%14s%14s%14s", "", "packets/s", "Mbit/s", "dropped/s"),
                side("from IPv6", "/translator/from_ipv6"),
                side("from IPv4", "/translator/from_ipv4"));
    }

    private String side(String name, String pointer) {
        return line(
                "%-12s%,14.0f%,14.1f%,14.0f",
                name,
                rates.of(pointer + "/packets"),
                rates.of(pointer + "/octets") * BITS,
                rates.of(pointer + "/dropped"));
    }

    private List<String> sessions() {
        var tables = rates.now().at("/translator/tables");
        if (tables.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add(line("%-12s%14s%14s%14s%14s", "sessions", "live", "of", "new/s", "ended/s"));
        for (var protocol : PROTOCOLS) {
            var table = tables.path(protocol);
            lines.add(line(
                    "%-12s%,14d%,14d%,14.0f%,14.0f",
                    protocol,
                    table.path("sessions").asLong(),
                    table.path("capacity").asLong(),
                    rates.of("/translator/tables/" + protocol + "/created"),
                    rates.of("/translator/tables/" + protocol + "/expired")));
        }
        return lines;
    }

    /** The fullest first. */
    private List<String> pool4Lines() {
        return pool4.stream()
                .sorted(Comparator.comparingDouble(address -> -fill(address)))
                .limit(MOST_LISTED)
                .map(address -> line(
                        "pool4       %-15s %5.1f %% of %,d ports",
                        address.path("address").asText(),
                        100 * fill(address),
                        address.path("offered").asLong()))
                .toList();
    }

    /** Of the protocol that has the fewest free ports. */
    private static double fill(JsonNode address) {
        double offered = address.path("offered").asDouble();
        return offered == 0
                ? 0
                : PROTOCOLS.stream()
                        .mapToDouble(protocol ->
                                1 - address.path(protocol).path("free").asDouble() / offered)
                        .max()
                        .orElse(0);
    }

    private List<String> subscriberLines() {
        return subscribers.stream()
                .sorted(Comparator.comparingLong(
                        subscriber -> -subscriber.path("sessions").asLong()))
                .limit(MOST_LISTED)
                .map(subscriber -> line(
                        "subscriber  %-30s %,9d sessions %,9d ports",
                        subscriber.path("prefix").asText(),
                        subscriber.path("sessions").asLong(),
                        subscriber.path("ports").asLong()))
                .toList();
    }

    private record Drop(String reason, double perSecond) {}

    private List<String> drops() {
        return Stream.of("from_ipv6", "from_ipv4")
                .flatMap(this::dropsFrom)
                .filter(drop -> drop.perSecond > 0)
                .sorted(Comparator.comparingDouble(drop -> -drop.perSecond))
                .limit(MOST_LISTED)
                .map(drop -> line("dropped     %-40s %,9.0f/s", drop.reason, drop.perSecond))
                .toList();
    }

    private Stream<Drop> dropsFrom(String side) {
        var names = rates.now().at("/translator/" + side + "/dropped").fieldNames();
        Iterable<String> reasons = () -> names;
        return StreamSupport.stream(reasons.spliterator(), false)
                .map(reason -> new Drop(side + " " + reason, rates.of("/translator/" + side + "/dropped/" + reason)));
    }

    private List<String> dns() {
        if (!rates.now().has("dns64")) {
            return List.of();
        }
        double hits = rates.of("/dns64/packet_cache/hits");
        double misses = rates.of("/dns64/packet_cache/misses");
        return List.of(line(
                "dns64       %,.0f queries/s, %.0f %% out of the cache, %d in flight",
                rates.of("/dns64/queries"),
                hits + misses == 0 ? 0 : 100 * hits / (hits + misses),
                rates.now().at("/dns64/in_flight").asLong()));
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
