// SPDX-License-Identifier: Apache-2.0
/** The gateway shares the host's own IPv4 address, end to end. */
@NullMarked
package nat64.gateway.e2e.pool4;

import org.jspecify.annotations.NullMarked;
