// SPDX-License-Identifier: Apache-2.0
/**
 * Events of the kernel about the network of this host, by netlink(7). An event says that something has changed, not
 * what; the listener reads the current state. Makes native calls; no other package of the gateway does. Imports no
 * other package of the gateway.
 */
@NullMarked
package nat64.gateway.netlink;

import org.jspecify.annotations.NullMarked;
