// SPDX-License-Identifier: Apache-2.0
/**
 * The steps of RFC 6146, sections 3.4 to 3.6, and what they go by. {@code IncomingTuple} reads the tuple, {@code
 * Filtering} decides and keeps bindings and sessions, {@code OutgoingTuple} answers what the packet is sent with; all
 * take the {@code SessionRules} and the time as parameters. {@code SessionTables} holds the state, which all workers
 * share: one thread at a time, under the caller's lock, where a method does not say otherwise. Packets were parsed
 * before. Does no I/O, reads no clock and starts no thread. Imports `wire`, `address`, `packet` and the packages below
 * this one.
 */
@NullMarked
package nat64.translator.session;

import org.jspecify.annotations.NullMarked;
