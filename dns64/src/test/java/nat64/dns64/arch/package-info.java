// SPDX-License-Identifier: Apache-2.0
/** Rules about the code itself. */
@NullMarked
package nat64.dns64.arch;

import org.jspecify.annotations.NullMarked;
