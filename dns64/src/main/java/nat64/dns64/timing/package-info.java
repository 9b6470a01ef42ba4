// SPDX-License-Identifier: Apache-2.0
/** How long things took. Knows no clock. */
@NullMarked
package nat64.dns64.timing;

import org.jspecify.annotations.NullMarked;
