// SPDX-License-Identifier: Apache-2.0
/** One packet, where its layers start, and what becomes of it. */
@NullMarked
package nat64.translator.packet;

import org.jspecify.annotations.NullMarked;
