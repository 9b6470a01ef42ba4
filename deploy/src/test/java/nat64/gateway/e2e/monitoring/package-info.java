// SPDX-License-Identifier: Apache-2.0
/** What operators see of a gateway in Prometheus and Grafana, end to end. */
@NullMarked
package nat64.gateway.e2e.monitoring;

import org.jspecify.annotations.NullMarked;
