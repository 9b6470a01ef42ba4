// SPDX-License-Identifier: Apache-2.0
/**
 * IPv4 and IPv6 addresses, prefixes, and the mappings between them: Pref64 (RFC 6052) and explicit address mappings
 * (RFC 7757).
 *
 * <p>An IPv4 address is an {@code int} and an IPv6 address two {@code long}s, in network order. Constructors and
 * parsers check their arguments and throw {@link java.lang.IllegalArgumentException} with a message for the operator;
 * lookups check nothing, throw nothing and allocate nothing. All types are immutable, so any thread may use them.
 * Imports no other package of the translator; the DNS64 uses it too.
 */
@NullMarked
package nat64.translator.address;

import org.jspecify.annotations.NullMarked;
