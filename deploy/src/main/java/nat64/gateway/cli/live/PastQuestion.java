// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.gateway.bindinglog.history.BindingHistory;
import nat64.gateway.bindinglog.history.Tenure;
import nat64.gateway.bindinglog.history.Tenure.Moment;
import nat64.gateway.cli.common.ExitCode;
import nat64.gateway.json.Json;
import picocli.CommandLine;

/**
 * Who had an address and port at a time, for {@link WhoCommand}.
 *
 * @param from the first moment that is meant
 * @param to the last one
 */
record PastQuestion(String address, int port, Optional<String> protocol, Instant from, Instant to) {

    private static final int LARGEST_PORT = 65_535;
    private static final Duration REST_OF_SECOND = Duration.ofMillis(999);

    /** @throws IllegalArgumentException if something is not what it should be; the message says what would be right */
    static PastQuestion of(String address, String port, Optional<String> protocol, String time) {
        var from = time(time);
        boolean isWholeSecond = time.indexOf('.') < 0;
        return new PastQuestion(address, port(port), protocol, from, isWholeSecond ? from.plus(REST_OF_SECOND) : from);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException("'" + text + "' is not a port; write for example 198.51.100.7:50321");
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time with its zone, such as 2026-01-02T03:04:05Z or"
                            + " 2026-01-02T04:04:05+01:00",
                    e);
        }
    }

    /** Prints the answer, and returns the exit code. */
    int answer(List<Path> files, boolean isJson, CommandLine command) throws IOException {
        var history = BindingHistory.of(files, address, port);
        var found = history.at(address, port, from, to).stream()
                .filter(tenure -> protocol.isEmpty()
                        || tenure.place().isBlock()
                        || protocol.get().equals(tenure.place().protocol()))
                .toList();
        var out = command.getOut();
        if (isJson) {
            out.println(Json.of(
                    Map.of("tenures", found.stream().map(PastQuestion::fields).toList())));
        } else {
            found.forEach(tenure -> out.println(text(tenure)));
        }
        out.flush();
        var err = command.getErr();
        if (found.isEmpty()) {
            err.println("nat64: no client had %s:%d at %s%s".formatted(address, port, from, limits(history)));
        }
        long lost =
                history.lost(found.stream().findFirst().flatMap(Tenure::begin).map(Moment::time), to);
        if (lost > 0) {
            err.println(
                    "nat64: %d records before this time were lost, so this may be wrong or incomplete".formatted(lost));
        }
        err.flush();
        return found.isEmpty() ? ExitCode.PROBLEM : ExitCode.FINE;
    }

    private String limits(BindingHistory history) {
        if (history.begin().isEmpty()) {
            return "; the log has no record";
        }
        return to.isBefore(history.begin().get())
                ? "; the log begins at " + history.begin().get()
                : "";
    }

    private String text(Tenure tenure) {
        var place = tenure.place();
        var span = tenure.begin().map(PastQuestion::begin).orElse("from before the log begins") + ", "
                + tenure.end().map(PastQuestion::end).orElse("and still has it, as far as the log goes");
        if (place.isBlock()) {
            return "%s %s:%d was of the subscriber %s (block of ports %d-%d), %s"
                    .formatted(place.protocol(), address, port, tenure.client(), place.port(), place.lastPort(), span);
        }
        return "%s %s:%d was [%s]:%d, %s"
                .formatted(place.protocol(), place.address(), place.port(), tenure.client(), tenure.clientPort(), span);
    }

    private static String begin(Moment moment) {
        return "from " + moment.time() + (moment.isExact() ? "" : " (its start is not in the log)");
    }

    private static String end(Moment moment) {
        return "to " + moment.time() + (moment.isExact() ? "" : " (its end is not in the log)");
    }

    private static Map<String, Object> fields(Tenure tenure) {
        var fields = new LinkedHashMap<String, Object>();
        var place = tenure.place();
        if (place.isBlock()) {
            fields.put("subscriber", tenure.client());
            fields.put("pool4", place.address());
            fields.put("first_port", place.port());
            fields.put("last_port", place.lastPort());
        } else {
            fields.put("protocol", place.protocol());
            fields.put("client", tenure.client());
            fields.put("client_port", tenure.clientPort());
            fields.put("pool4", place.address());
            fields.put("pool4_port", place.port());
        }
        tenure.begin().ifPresent(begin -> {
            fields.put("begin", begin.time().toString());
            fields.put("begin_exact", begin.isExact());
        });
        tenure.end().ifPresent(end -> {
            fields.put("end", end.time().toString());
            fields.put("end_exact", end.isExact());
        });
        return fields;
    }
}
