// SPDX-License-Identifier: Apache-2.0
/** Gateways without sessions, end to end: SIIT with and without a Pref64, CLAT. */
@NullMarked
package nat64.gateway.e2e.stateless;

import org.jspecify.annotations.NullMarked;
