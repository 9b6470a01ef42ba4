// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * The HTTP server for the operator: metrics, health, statistics, commands.
 *
 * @param listen its TCP address
 * @param lameduck how long the gateway serves on, not ready, before it shuts down
 */
public record AdminConfig(boolean enabled, InetSocketAddress listen, AdminSocket socket, Duration lameduck) {}
