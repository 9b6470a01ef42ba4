// SPDX-License-Identifier: Apache-2.0
/**
 * What a service manager such as systemd is told of this process: sd_notify(3), by a datagram to a Unix socket. The JDK
 * has no such sockets, so this package makes native calls. Imports no other package of the gateway. Any thread may use
 * it.
 */
@NullMarked
package nat64.gateway.systemd;

import org.jspecify.annotations.NullMarked;
