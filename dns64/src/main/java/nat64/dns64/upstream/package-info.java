// SPDX-License-Identifier: Apache-2.0
/**
 * Which upstream servers are asked, and in which order: groups, health, forwarded zones, alias chains, loops.
 *
 * <p>Imports {@code cache}, {@code dnssec}, {@code upstream.connection} and what lies below these. A question may be
 * asked by any thread; its stage completes on an event loop or a DNSSEC thread, so what follows must not block. Every
 * stage completes by its deadline.
 */
@NullMarked
package nat64.dns64.upstream;

import org.jspecify.annotations.NullMarked;
