// SPDX-License-Identifier: Apache-2.0
/** IP and ICMP translation without state (RFC 7915). */
@NullMarked
package nat64.translator.translate;

import org.jspecify.annotations.NullMarked;
