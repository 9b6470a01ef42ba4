// SPDX-License-Identifier: Apache-2.0
/**
 * From the bytes of a query to the bytes of its response, whatever the transport.
 *
 * <p>Imports {@code cache}, {@code synthesis}, {@code view} and what lies below these; asks through {@link
 * nat64.dns64.message.Upstream}. {@link nat64.dns64.query.QueryReader} checks every message from a client and never
 * throws; behind it a query is well-formed. Clock and timers are parameters. Called by event loops; nothing blocks.
 */
@NullMarked
package nat64.dns64.query;

import org.jspecify.annotations.NullMarked;
