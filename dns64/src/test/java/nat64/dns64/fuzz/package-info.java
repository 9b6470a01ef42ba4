// SPDX-License-Identifier: Apache-2.0
/** Messages that nobody should send, and a judge of what comes of them. */
@NullMarked
package nat64.dns64.fuzz;

import org.jspecify.annotations.NullMarked;
