// SPDX-License-Identifier: Apache-2.0
/**
 * The rows of one protocol, off the heap: BIB (RFC 6146, section 3.1), sessions (section 3.2), and what finds and
 * expires them. Knows no policy and no pool4. One thread at a time, under the lock of the tables. Imports `wire`,
 * `packet`.
 */
@NullMarked
package nat64.translator.session.table;

import org.jspecify.annotations.NullMarked;
