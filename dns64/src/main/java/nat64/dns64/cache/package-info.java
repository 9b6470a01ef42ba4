// SPDX-License-Identifier: Apache-2.0
/** What upstreams answered, kept as it came while its TTL lasts (RFC 2308, RFC 9520). */
@NullMarked
package nat64.dns64.cache;

import org.jspecify.annotations.NullMarked;
