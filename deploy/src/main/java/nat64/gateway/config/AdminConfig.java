// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * The HTTP server for the operator: metrics, health, statistics.
 *
 * @param lameduck for how long the gateway says that it is not ready and serves on, before it is taken down
 */
public record AdminConfig(boolean enabled, InetSocketAddress listen, Duration lameduck) {}
