// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.net.InetSocketAddress;

/** The HTTP server for the operator: metrics, health, statistics. */
public record AdminConfig(boolean enabled, InetSocketAddress listen) {}
