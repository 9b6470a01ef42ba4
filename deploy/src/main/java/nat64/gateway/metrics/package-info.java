// SPDX-License-Identifier: Apache-2.0
/** What Prometheus reads. The only place that knows its client library. */
@NullMarked
package nat64.gateway.metrics;

import org.jspecify.annotations.NullMarked;
