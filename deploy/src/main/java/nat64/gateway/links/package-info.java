// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's routes over the Ethernet interfaces that libpcap translates between, as next hops. Follows changes on a
 * thread of its own. Imports {@code host}, {@code netlink} and {@code system}; knows no configuration.
 */
@NullMarked
package nat64.gateway.links;

import org.jspecify.annotations.NullMarked;
