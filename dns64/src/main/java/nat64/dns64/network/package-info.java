// SPDX-License-Identifier: Apache-2.0
/**
 * The event loops that serve all sockets, those of clients and those towards upstreams, and system calls for many
 * datagrams at once.
 *
 * <p>Imports nothing of this library. Nothing that runs on an event loop may block.
 */
@NullMarked
package nat64.dns64.network;

import org.jspecify.annotations.NullMarked;
