// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.List;
import java.util.function.Supplier;

/**
 * What the server shows. Every supplier is asked at each request, by several threads.
 *
 * @param metricsType the content type of the metrics
 * @param statistics records, maps and lists; they become JSON
 * @param status lines for people
 * @param configuration the file that runs, as YAML
 * @param actions what may be asked for from this host
 */
public record AdminPages(
        String metricsType,
        Supplier<String> metrics,
        Supplier<Readiness> readiness,
        Supplier<?> statistics,
        Supplier<List<String>> status,
        Supplier<String> configuration,
        AdminActions actions) {}
