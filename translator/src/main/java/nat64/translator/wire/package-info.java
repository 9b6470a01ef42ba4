// SPDX-License-Identifier: Apache-2.0
/**
 * Header fields in memory: reads and writes them in place, and computes checksums.
 *
 * <p>The IP headers are views that are wrapped ({@link nat64.translator.wire.Ipv4Header}), because callers use many of
 * their fields together; TCP, UDP and ICMP headers are static accessors, because callers use one or two. Neither
 * allocates.
 *
 * <p>Nothing here checks lengths or values: the caller has made sure that the header is within the buffer, else the
 * access throws {@link java.lang.IndexOutOfBoundsException}. Setters write the low bits of a value and ignore the rest.
 * A view belongs to one thread; static methods may be called by any thread that owns the buffer. Imports no other
 * package of the translator.
 */
@NullMarked
package nat64.translator.wire;

import org.jspecify.annotations.NullMarked;
