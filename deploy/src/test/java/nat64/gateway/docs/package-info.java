// SPDX-License-Identifier: Apache-2.0
/** Checks what the documentation shows. */
@NullMarked
package nat64.gateway.docs;

import org.jspecify.annotations.NullMarked;
