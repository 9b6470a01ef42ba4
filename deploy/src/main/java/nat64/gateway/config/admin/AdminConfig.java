// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.admin;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The HTTP server for the operator: metrics, health, statistics, commands.
 *
 * @param listen its TCP address
 * @param allowRemote whether {@code listen} may be an address that other hosts reach
 * @param access who may use the socket
 * @param probes where {@code /livez} and {@code /readyz} are answered besides
 * @param tls where it answers over TLS besides
 * @param lameduck how long the gateway says that it is not ready and keeps serving, before it stops
 */
public record AdminConfig(
        boolean enabled,
        InetSocketAddress listen,
        boolean allowRemote,
        AdminSocket socket,
        SocketAccess access,
        Optional<InetSocketAddress> probes,
        Optional<AdminTls> tls,
        Duration lameduck) {}
