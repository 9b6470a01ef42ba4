// SPDX-License-Identifier: Apache-2.0
/** DNS64 as functions without network or clock (RFC 6147, section 5; RFC 8880). */
@NullMarked
package nat64.dns64.synthesis;

import org.jspecify.annotations.NullMarked;
