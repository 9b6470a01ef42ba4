// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the server shows and does. It asks every supplier at each request, from several threads; they may block.
 *
 * @param liveness what is stuck and needs a restart, a sentence each; nothing if all is well
 * @param statistics records, maps and lists; they become JSON
 * @param status lines for people
 * @param configuration the file that runs, as YAML
 * @param queries by path: data about hosts, for clients on this host
 * @param actions what clients of the admin socket may ask for
 */
public record AdminPages(
        Supplier<Exposition> metrics,
        Supplier<List<String>> liveness,
        Supplier<Readiness> readiness,
        Supplier<?> statistics,
        Supplier<List<String>> status,
        Supplier<String> configuration,
        Map<String, Query> queries,
        AdminActions actions) {

    public AdminPages {
        queries = Map.copyOf(queries);
    }

    /** The metrics at one moment, in a format that Prometheus reads. */
    public record Exposition(String contentType, String text) {

        Page page() {
            return new Page(200, contentType, text);
        }
    }
}
