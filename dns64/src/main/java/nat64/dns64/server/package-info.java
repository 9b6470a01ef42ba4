// SPDX-License-Identifier: Apache-2.0
/** The DNS64 that clients talk to, over UDP and TCP. */
@NullMarked
package nat64.dns64.server;

import org.jspecify.annotations.NullMarked;
