// SPDX-License-Identifier: Apache-2.0
/**
 * Asks one upstream server over UDP, TCP, TLS or HTTPS: queries as bytes, pending queries, and the connections.
 *
 * <p>Imports {@code message}, {@code settings}, {@code statistics} and {@code network}. Each connection belongs to one
 * event loop, and only its thread touches it. Here responses are matched with their queries (ID, port, question, case,
 * cookie: RFC 5452) and parsed; the layers above see well-formed answers only.
 */
@NullMarked
package nat64.dns64.upstream.connection;

import org.jspecify.annotations.NullMarked;
