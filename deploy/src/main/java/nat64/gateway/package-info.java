// SPDX-License-Identifier: Apache-2.0
/** The gateway: both halves, wired to the host and to what the operator sees. */
@NullMarked
package nat64.gateway;

import org.jspecify.annotations.NullMarked;
