// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nat64.gateway.cli.table.ShortDuration;

/**
 * The status of a gateway for people.
 *
 * @param health the answer of {@code /api/v1/status}
 * @param pool4 the addresses, as {@code /api/v1/pool4} lists them
 */
public record StatusText(JsonNode health, Rates rates, JsonNode pool4) {

    private static final List<String> PROTOCOLS = List.of("tcp", "udp", "icmp");
    private static final double BITS = 8e-6; // megabits of an octet

    /** The lines, one after another. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("nat64 %s: %s"
                .formatted(health.path("version").asText(), health.path("ready").asBoolean() ? "ready" : "not ready"));
        health.path("missing").forEach(lack -> lines.add("  " + lack.asText()));
        lines.add("up %s, since %s; role %s"
                .formatted(
                        ShortDuration.of(health.path("uptime_seconds").asLong()),
                        health.path("started").asText(),
                        health.path("role").asText()));
        if (rates.now().has("translator")) {
            translator(lines);
        }
        if (rates.now().has("dns64")) {
            dns64(lines);
        }
        return lines;
    }

    private void translator(List<String> lines) {
        lines.add("from IPv6   " + side("/translator/from_ipv6"));
        lines.add("from IPv4   " + side("/translator/from_ipv4"));
        for (var protocol : PROTOCOLS) {
            var table = rates.now().path("translator").path("tables").path(protocol);
            if (!table.isMissingNode()) {
                lines.add("sessions    %-4s %,d of %,d, %,d bindings"
                        .formatted(
                                protocol,
                                table.path("sessions").asLong(),
                                table.path("capacity").asLong(),
                                table.path("bindings").asLong()));
            }
        }
        pool4.forEach(address -> lines.add("pool4       %s: %s"
                .formatted(
                        address.path("address").asText(),
                        address.path("draining").asBoolean() ? "draining" : fill(address))));
    }

    private String side(String path) {
        return String.format(
                Locale.ROOT,
                "%,.0f packets/s, %,.1f Mbit/s, %,.0f dropped/s",
                rates.of(path + "/packets"),
                rates.of(path + "/octets") * BITS,
                rates.of(path + "/dropped"));
    }

    private static String fill(JsonNode address) {
        long offered = address.path("offered").asLong();
        var text = new ArrayList<String>();
        for (var protocol : PROTOCOLS) {
            long free = address.path(protocol).path("free").asLong();
            text.add("%s %d %%".formatted(protocol, 100 * (offered - free) / offered));
        }
        return "%s of %,d ports used".formatted(String.join(", ", text), offered);
    }

    private void dns64(List<String> lines) {
        lines.add(String.format(
                Locale.ROOT,
                "dns64       %,.0f queries/s, %d in flight",
                rates.of("/dns64/queries"),
                rates.now().at("/dns64/in_flight").asLong()));
        rates.now()
                .at("/dns64/upstreams")
                .properties()
                .forEach(upstream -> lines.add("upstream    %s: %s, %.0f ms"
                        .formatted(
                                upstream.getKey(),
                                upstream.getValue().path("reliable").asBoolean() ? "answers" : "does not answer",
                                1000
                                        * upstream.getValue()
                                                .path("round_trip_seconds")
                                                .asDouble())));
        rates.now()
                .at("/dns64/prefixes_up")
                .properties()
                .forEach(prefix -> lines.add(
                        "prefix      " + prefix.getKey() + (prefix.getValue().asBoolean() ? ": up" : ": down")));
    }
}
