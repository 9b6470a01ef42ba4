// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@link AdminPages} until closed, by a few threads of its own. Whoever reaches it may read; what changes something
 * takes a POST from this host, and none that a web page made a browser send.
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int THREADS = 4;
    private static final int BACKLOG = 64;

    /** Limits of the JDK's server that have no other door; seconds, and connections. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30",
            "jdk.httpserver.maxConnections", "64");

    private final HttpServer server;
    private final ExecutorService threads;

    private AdminServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Binds and serves.
     *
     * @param listen port 0 takes a free one
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static AdminServer start(InetSocketAddress listen, AdminPages pages) throws IOException {
        LIMITS.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
        HttpServer server;
        try {
            server = HttpServer.create(listen, BACKLOG);
        } catch (IOException e) {
            throw new IOException("admin.listen " + listen + " cannot be bound: " + e.getMessage(), e);
        }
        var threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("admin-", 0).factory());
        var routes = new Routes(pages);
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(routes, exchange));
        server.start();
        return new AdminServer(server, threads);
    }

    /** Where it really listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void serve(Routes routes, HttpExchange exchange) throws IOException {
        try (exchange) {
            var page = answer(routes, exchange);
            var octets = page.body().getBytes(StandardCharsets.UTF_8);
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", page.contentType());
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            if (exchange.getRequestMethod().equals("HEAD")) {
                headers.set("Content-Length", String.valueOf(octets.length));
                exchange.sendResponseHeaders(page.status(), -1);
            } else {
                exchange.sendResponseHeaders(page.status(), octets.length);
                exchange.getResponseBody().write(octets);
            }
        }
    }

    private static Page answer(Routes routes, HttpExchange exchange) {
        var action = routes.action(exchange.getRequestURI().getPath());
        if (action.isPresent()) {
            return act(action.get(), exchange);
        }
        var route = routes.find(exchange.getRequestURI().getPath());
        var method = exchange.getRequestMethod();
        if (route.isEmpty()) {
            return Page.text(404, "there is no such page; / lists all");
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Page.text(405, "only GET and HEAD");
        }
        return guarded(exchange, route.get());
    }

    private static Page act(Function<String, Page> action, HttpExchange exchange) {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return Page.text(405, "only POST");
        }
        if (!exchange.getRemoteAddress().getAddress().isLoopbackAddress()
                || exchange.getRequestHeaders().containsKey("Origin")) { // browsers always tell it with a POST
            return Page.text(403, "only from the host of the gateway, and from no web page");
        }
        var query = exchange.getRequestURI().getQuery();
        return guarded(exchange, () -> action.apply(query == null ? "" : query));
    }

    private static Page guarded(HttpExchange exchange, Supplier<Page> page) {
        try {
            return page.get();
        } catch (RuntimeException e) {
            LOG.warn("The page {} failed", exchange.getRequestURI().getPath(), e); // the path is one of ours
            return Page.text(500, "this page failed; the log tells why");
        }
    }
}
