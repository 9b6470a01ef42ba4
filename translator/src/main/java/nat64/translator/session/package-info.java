// SPDX-License-Identifier: Apache-2.0
/** Bindings, sessions and the tuples that they map (RFC 6146, sections 3.1 to 3.6). */
@NullMarked
package nat64.translator.session;

import org.jspecify.annotations.NullMarked;
