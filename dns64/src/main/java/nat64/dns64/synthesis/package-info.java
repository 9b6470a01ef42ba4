// SPDX-License-Identifier: Apache-2.0
/**
 * DNS64 as functions (RFC 6147, section 5; RFC 8880): from outcomes of upstreams and a view to what the client gets.
 * The values that describe a view are API of the module.
 *
 * <p>Imports {@code message}. Pure: no network, no clock, no thread, no randomness. Records that come in are
 * well-formed, because dnsjava has parsed them.
 */
@NullMarked
package nat64.dns64.synthesis;

import org.jspecify.annotations.NullMarked;
