// SPDX-License-Identifier: Apache-2.0
/**
 * Bindings and sessions as values, for those outside the packet path: what is listed, announced to other threads, and
 * adopted from elsewhere. They hold no row numbers, indexes or deadlines of this process. Imports `address`,
 * `session.table` and `session.pool4`.
 */
@NullMarked
package nat64.translator.session.record;

import org.jspecify.annotations.NullMarked;
