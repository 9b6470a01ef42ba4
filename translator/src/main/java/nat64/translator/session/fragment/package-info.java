// SPDX-License-Identifier: Apache-2.0
/**
 * Fragments of datagrams: which have come, and which wait for the first one (RFC 6146, section 3.4; RFC 3128). One
 * thread at a time, under the lock of the tables. Imports `packet` and the hash of `session.table`.
 */
@NullMarked
package nat64.translator.session.fragment;

import org.jspecify.annotations.NullMarked;
