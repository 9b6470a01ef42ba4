// SPDX-License-Identifier: Apache-2.0
/** Runs captures and single packets through a translator in memory, and tells what became of them and why. */
@NullMarked
package nat64.gateway.replay;

import org.jspecify.annotations.NullMarked;
