// SPDX-License-Identifier: Apache-2.0
/**
 * The IPv4 addresses of pool4, and which of their ports are taken, free or in quarantine (RFC 6146, section 3.5.1.1;
 * RFC 6888, REQ-8), and which blocks of ports subscribers have. One thread at a time, under the lock of the tables.
 * Imports `address` and `session.table`.
 */
@NullMarked
package nat64.translator.session.pool4;

import org.jspecify.annotations.NullMarked;
