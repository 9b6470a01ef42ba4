// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.gateway.json.Json;

/** Which path shows what. Paths are compared as a whole; there are no files behind them. */
final class Routes {

    private static final String NAME = "name=";

    private final AdminPages pages;
    private final Map<String, Supplier<Page>> byPath;
    private final Map<String, Function<String, Page>> actions;

    Routes(AdminPages pages) {
        this.pages = pages;
        this.byPath = Map.of(
                "/",
                this::status,
                "/livez",
                () -> Page.text(200, "alive"),
                "/readyz",
                this::readiness,
                "/metrics",
                () -> new Page(200, pages.metricsType(), pages.metrics().get()),
                "/api/v1/stats",
                this::statistics,
                "/api/v1/config",
                () -> new Page(200, "application/yaml", pages.configuration().get()));
        this.actions =
                Map.of("/api/v1/reload", _ -> page(pages.actions().reload().get()), "/api/v1/flush", this::flush);
    }

    Optional<Supplier<Page>> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** What changes something; it takes the query of the URI, which may be empty. */
    Optional<Function<String, Page>> action(String path) {
        return Optional.ofNullable(actions.get(path));
    }

    private Page flush(String query) {
        return query.startsWith(NAME) && query.length() > NAME.length()
                ? page(pages.actions().flush().apply(query.substring(NAME.length())))
                : Page.text(400, "say which name: /api/v1/flush?name=www.example.org; name=. is all names");
    }

    private static Page page(AdminActions.Result result) {
        return Page.text(result.done() ? 200 : 409, result.text());
    }

    private Page readiness() {
        var readiness = pages.readiness().get();
        return readiness.isReady() ? Page.text(200, "ready") : Page.text(503, "not ready\n" + missing(readiness));
    }

    private Page statistics() {
        return new Page(200, "application/json", Json.of(pages.statistics().get()) + "\n");
    }

    private Page status() {
        var readiness = pages.readiness().get();
        var lines = Stream.of(
                        Stream.of("nat64: " + (readiness.isReady() ? "ready" : "not ready")),
                        readiness.missing().stream().map(line -> "  " + line),
                        Stream.of(""),
                        pages.status().get().stream(),
                        Stream.of("", "/metrics        for Prometheus", "/livez          the process lives"),
                        Stream.of("/readyz         clients are served", "/api/v1/stats   statistics as JSON"),
                        Stream.of("/api/v1/config  the configuration file that runs"),
                        Stream.of(
                                "",
                                "/api/v1/reload, /api/v1/flush: POST, from this host only (nat64 reload, nat64 flush)"))
                .flatMap(part -> part);
        return Page.text(200, lines.collect(Collectors.joining("\n")));
    }

    private static String missing(Readiness readiness) {
        return String.join("\n", readiness.missing());
    }
}
