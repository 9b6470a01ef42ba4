// SPDX-License-Identifier: Apache-2.0
/**
 * What was answered, kept while its TTL lasts: {@link nat64.dns64.cache.MessageCache} holds answers of upstreams (RFC
 * 2308, RFC 8767, RFC 9520), {@link nat64.dns64.cache.PacketCache} whole responses that are sent again by copying.
 *
 * <p>Imports {@code message} and {@code settings}. The clock is a parameter; no I/O. Both caches are safe for many
 * threads; a hit in the
 * packet cache takes no lock and allocates nothing.
 */
@NullMarked
package nat64.dns64.cache;

import org.jspecify.annotations.NullMarked;
