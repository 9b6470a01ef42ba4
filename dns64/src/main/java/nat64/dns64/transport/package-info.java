// SPDX-License-Identifier: Apache-2.0
/**
 * The sockets that clients come to: UDP, TCP, TLS and HTTPS (RFC 7766, RFC 7858, RFC 8484), with their limits.
 *
 * <p>Imports {@code query}, {@code files}, {@code network} and what lies below these. A handler belongs to one
 * connection or socket and runs on its event loop. It checks lengths and limits and passes on whole messages; their
 * content is checked in {@code query}.
 */
@NullMarked
package nat64.dns64.transport;

import org.jspecify.annotations.NullMarked;
