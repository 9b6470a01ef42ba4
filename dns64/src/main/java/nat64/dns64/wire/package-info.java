// SPDX-License-Identifier: Apache-2.0
/** Answers kept as octets, so that a repeated question is answered by copying (RFC 1035, section 4.1). */
@NullMarked
package nat64.dns64.wire;

import org.jspecify.annotations.NullMarked;
