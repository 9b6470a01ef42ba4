// SPDX-License-Identifier: Apache-2.0
/** The five steps of RFC 6146, section 3.3, one straight line per direction, and the workers that walk it. */
@NullMarked
package nat64.translator.pipeline;

import org.jspecify.annotations.NullMarked;
