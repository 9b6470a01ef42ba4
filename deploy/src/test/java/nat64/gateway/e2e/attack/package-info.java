// SPDX-License-Identifier: Apache-2.0
/** Attacks on a running gateway, with bounded load: what others get before, during and after. */
@NullMarked
package nat64.gateway.e2e.attack;

import org.jspecify.annotations.NullMarked;
