// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.inspect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import nat64.translator.TranslatorThreads;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionOrder;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;

/**
 * Questions about the tables of the running translator. Each method throws IllegalArgumentException if a parameter is
 * wrong, and IllegalStateException if there is nothing to ask. Any thread may ask; it waits for the answer.
 */
public final class TableQueries {

    private static final List<String> PAGING = List.of("limit", "cursor");
    private static final List<String> OF_BINDINGS = List.of("protocol", "client", "ipv4", "port", "limit", "cursor");
    private static final List<String> OF_BLOCKS = List.of("client", "ipv4", "port", "limit", "cursor");
    private static final List<String> OF_SESSIONS =
            List.of("protocol", "client", "ipv4", "port", "state", "sort", "limit", "cursor");

    private static final int LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1000;
    private static final int LARGEST_PORT = 65_535;

    /** What a worker is asked for at a time, so that the tables are locked for a moment only. */
    private static final int ROWS_AT_ONCE = 100;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** After that, an answer is complete whatever it has: the rest is on the next page. */
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(5);

    private final Supplier<Optional<TranslatorThreads>> translator;

    /** @param translator the one that runs now, if any */
    public TableQueries(Supplier<Optional<TranslatorThreads>> translator) {
        this.translator = translator;
    }

    /** A page of sessions, or those that come first in an order. */
    public Map<String, Object> sessions(Map<String, String> values) {
        var parameters = Parameters.of(values, OF_SESSIONS);
        var filter = filter(parameters);
        int limit = limit(parameters);
        var order = parameters.constant("sort", SessionOrder.class);
        if (order.isEmpty()) {
            return page(
                    "sessions",
                    parameters,
                    Rows::of,
                    (cursor, most) -> running().sessions(filter, cursor, most));
        }
        if (values.containsKey("cursor")) {
            throw new IllegalArgumentException("the parameters 'sort' and 'cursor' exclude each other");
        }
        var first = await(running().firstSessions(filter, order.get(), limit));
        return listed("sessions", first.stream().map(Rows::of).toList(), Page.END);
    }

    /** A page of bindings. */
    public Map<String, Object> bindings(Map<String, String> values) {
        var parameters = Parameters.of(values, OF_BINDINGS);
        var filter = filter(parameters);
        return page(
                "bindings", parameters, Rows::of, (cursor, most) -> running().bindings(filter, cursor, most));
    }

    /** A page of blocks of ports that subscribers have. */
    public Map<String, Object> blocks(Map<String, String> values) {
        var parameters = Parameters.of(values, OF_BLOCKS);
        var filter = filter(parameters);
        return page("blocks", parameters, Rows::of, (cursor, most) -> running().blocks(filter, cursor, most));
    }

    /** A page of subscribers; there are none without limits. */
    public Map<String, Object> subscribers(Map<String, String> values) {
        var parameters = Parameters.of(values, PAGING);
        return page(
                "subscribers", parameters, Rows::of, (cursor, most) -> running().subscribers(cursor, most));
    }

    /** A page of pool4 addresses. */
    public Map<String, Object> pool4(Map<String, String> values) {
        var parameters = Parameters.of(values, PAGING);
        return page("pool4", parameters, Rows::of, (cursor, most) -> running().pool4(cursor, most));
    }

    private static RecordFilter filter(Parameters parameters) {
        return new RecordFilter(
                parameters.constant("protocol", Protocol.class),
                parameters.read("client", Ipv6Prefix::parse),
                parameters.read("ipv4", Ipv4Prefix::parse),
                parameters.number("port", 0, LARGEST_PORT),
                parameters.constant("state", TcpState.class));
    }

    private static int limit(Parameters parameters) {
        return parameters.number("limit", 1, HIGHEST_LIMIT).orElse(LIMIT);
    }

    private interface Pages<T> {
        CompletableFuture<Page<T>> next(long cursor, int most);
    }

    private static <T> Map<String, Object> page(
            String name, Parameters parameters, Function<T, Map<String, Object>> row, Pages<T> pages) {
        int limit = limit(parameters);
        long cursor = parameters.cursor(Page.BEGINNING);
        long end = System.nanoTime() + LONGEST_SEARCH.toNanos();
        var rows = new ArrayList<Map<String, Object>>();
        while (cursor != Page.END && rows.size() < limit && System.nanoTime() - end < 0) {
            var page = await(pages.next(cursor, Math.min(ROWS_AT_ONCE, limit - rows.size())));
            page.items().forEach(item -> rows.add(row.apply(item)));
            cursor = page.cursor();
        }
        return listed(name, rows, cursor);
    }

    private static Map<String, Object> listed(String name, List<Map<String, Object>> rows, long cursor) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put(name, rows);
        if (cursor != Page.END) {
            answer.put("next", String.valueOf(cursor));
        }
        return answer;
    }

    private TranslatorThreads running() {
        return translator.get().orElseThrow(() -> new IllegalStateException("this gateway runs no translator"));
    }

    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the translator has not answered within " + TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
