// SPDX-License-Identifier: Apache-2.0
/**
 * The counters of both libraries as Prometheus reads them. The only package that knows Prometheus. Collectors ask the
 * libraries for their statistics at each scrape, on the thread of the request, and keep nothing. Imports the
 * statistics of the translator and the DNS64.
 */
@NullMarked
package nat64.gateway.metrics;

import org.jspecify.annotations.NullMarked;
