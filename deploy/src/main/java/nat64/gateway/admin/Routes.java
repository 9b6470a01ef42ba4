// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.gateway.json.Json;

/** Which path shows or does what. Paths are compared as a whole; there are no files behind them. */
final class Routes {

    private final AdminPages pages;
    private final Map<String, Route> byPath;

    Routes(AdminPages pages) {
        this.pages = pages;
        this.byPath = new HashMap<>(Map.of(
                "/", new Route.Read(this::home),
                "/livez", new Route.Read(_ -> liveness(pages.liveness().get())),
                "/readyz", new Route.Read(_ -> readiness(pages.readiness().get())),
                "/metrics", new Route.Read(_ -> pages.metrics().get().page()),
                "/api/v1/stats", new Route.Read(_ -> statistics()),
                "/api/v1/config",
                        new Route.Read(_ -> new Page(
                                200, "application/yaml", pages.configuration().get()))));
        StaticFile.ALL.forEach(file -> byPath.put(file.path(), new Route.Read(_ -> file.page())));
        pages.queries()
                .forEach((path, query) -> byPath.put(path, new Route.LocalRead(request -> data(query, request))));
        pages.actions()
                .byPath()
                .forEach((path, action) -> byPath.put(path, new Route.Action(request -> {
                    try {
                        return page(action.act(request.parameters()));
                    } catch (IllegalArgumentException e) {
                        return Page.text(400, String.valueOf(e.getMessage()));
                    }
                })));
    }

    private static Page data(Query query, AdminRequest request) {
        try {
            return new Page(200, "application/json", Json.of(query.answer(request.parameters())) + "\n");
        } catch (IllegalArgumentException e) {
            return Page.text(400, String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            return Page.text(409, String.valueOf(e.getMessage()));
        }
    }

    Set<String> paths() {
        return Set.copyOf(byPath.keySet());
    }

    Optional<Route> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    private static Page page(AdminActions.Result result) {
        return Page.text(result.done() ? 200 : 409, result.text());
    }

    static Page liveness(List<String> stuck) {
        return stuck.isEmpty() ? Page.text(200, "alive") : Page.text(503, "stuck\n" + String.join("\n", stuck));
    }

    static Page readiness(Readiness readiness) {
        return readiness.isReady()
                ? Page.text(200, "ready")
                : Page.text(503, "not ready\n" + String.join("\n", readiness.missing()));
    }

    private Page statistics() {
        return new Page(200, "application/json", Json.of(pages.statistics().get()) + "\n");
    }

    /** Browsers get the status page, and programs text. */
    private Page home(AdminRequest request) {
        return request.acceptsHtml() ? StaticFile.INDEX.page() : status();
    }

    private Page status() {
        var readiness = pages.readiness().get();
        var lines = Stream.of(
                        Stream.of("nat64: " + (readiness.isReady() ? "ready" : "not ready")),
                        readiness.missing().stream().map(line -> "  " + line),
                        Stream.of(""),
                        pages.status().get().stream(),
                        Stream.of(
                                "",
                                "/metrics        for Prometheus",
                                "/livez          the process and its workers are alive"),
                        Stream.of("/readyz         clients are served", "/api/v1/stats   statistics as JSON"),
                        Stream.of("/api/v1/config  the configuration file that runs"),
                        pages.queries().keySet().stream().sorted(),
                        Stream.of("", "POST through the admin socket, by the commands of nat64:"),
                        pages.actions().byPath().keySet().stream().sorted())
                .flatMap(part -> part);
        return Page.text(200, lines.collect(Collectors.joining("\n")));
    }
}
