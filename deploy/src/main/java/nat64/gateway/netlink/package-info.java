// SPDX-License-Identifier: Apache-2.0
/**
 * Hears from the kernel when the network of this host changes, by netlink(7). It says that something has changed, not
 * what: whoever is called looks for itself. The only native calls of this module. Imports nothing of the program.
 */
@NullMarked
package nat64.gateway.netlink;

import org.jspecify.annotations.NullMarked;
