// SPDX-License-Identifier: Apache-2.0
/**
 * Ethernet links: the kernel's routes over those that libpcap translates between, as next hops, and answers to neighbor
 * solicitations. Follows changes on threads of its own. Imports {@code host}, {@code netlink} and {@code system}; knows
 * no configuration.
 */
@NullMarked
package nat64.gateway.links;

import org.jspecify.annotations.NullMarked;
