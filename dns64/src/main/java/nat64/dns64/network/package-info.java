// SPDX-License-Identifier: Apache-2.0
/** The threads that serve sockets, those of clients and those towards upstreams. */
@NullMarked
package nat64.dns64.network;

import org.jspecify.annotations.NullMarked;
