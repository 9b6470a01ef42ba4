// SPDX-License-Identifier: Apache-2.0
/** Octets to fields and back: views over off-heap memory that know a layout and nothing else. */
@NullMarked
package nat64.translator.wire;

import org.jspecify.annotations.NullMarked;
