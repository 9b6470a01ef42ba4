// SPDX-License-Identifier: Apache-2.0
/** Millions of packets, right and wrong, and a judge that shares no code with the translator. */
@NullMarked
package nat64.translator.fuzz;

import org.jspecify.annotations.NullMarked;
