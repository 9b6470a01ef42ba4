// SPDX-License-Identifier: Apache-2.0
/**
 * The words of DNS that all other packages share: questions and their outcomes, sections, and what is read from and
 * written to messages as bytes (RFC 1035, section 4.1; RFC 6891; RFC 7873).
 *
 * <p>Lowest layer: imports nothing of this library. Pure values and functions, but for {@link
 * nat64.dns64.message.Upstream}, the interface that all layers above ask through. No clock, no socket, no thread; safe
 * for many threads. A reader checks the length of what comes from the network once; {@code TtlOffsets} says whether a
 * message is well-formed, and the others rely on it.
 */
@NullMarked
package nat64.dns64.message;

import org.jspecify.annotations.NullMarked;
