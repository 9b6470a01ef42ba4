// SPDX-License-Identifier: Apache-2.0
/**
 * What a configuration means on this host: its addresses, the networks of its links, its resolvers and its memory for
 * {@code auto}, now and while they change; the admin socket, and the files that are named.
 * Reads the host and changes nothing. Throws {@link nat64.gateway.system.HostException} where the host can't be asked,
 * or has what the configuration forbids. Imports {@code config}, {@code host} and {@code netlink}. Runs on the thread
 * that starts or reloads, and on threads of {@link nat64.gateway.auto.HostFollower}.
 */
@NullMarked
package nat64.gateway.auto;

import org.jspecify.annotations.NullMarked;
