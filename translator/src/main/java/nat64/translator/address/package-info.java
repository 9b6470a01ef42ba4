// SPDX-License-Identifier: Apache-2.0
/** Which IPv4 address is which IPv6 address (RFC 6052). */
@NullMarked
package nat64.translator.address;

import org.jspecify.annotations.NullMarked;
