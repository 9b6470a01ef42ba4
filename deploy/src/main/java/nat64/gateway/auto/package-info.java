// SPDX-License-Identifier: Apache-2.0
/**
 * What a configuration means on this host: its addresses, the prefixes on its links, its resolvers and its memory for
 * {@code auto}, the admin socket, and the files that are named.
 * Reads the host and changes nothing. Throws {@link nat64.gateway.system.HostException} where the host has nothing to
 * offer, with the key to set. Imports {@code config} and {@code host}. Runs on the thread that starts or reloads.
 */
@NullMarked
package nat64.gateway.auto;

import org.jspecify.annotations.NullMarked;
