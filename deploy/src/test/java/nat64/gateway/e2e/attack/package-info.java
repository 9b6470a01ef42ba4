// SPDX-License-Identifier: Apache-2.0
/** Attacks on a running gateway, with bounded load, and what becomes of its other clients meanwhile. */
@NullMarked
package nat64.gateway.e2e.attack;

import org.jspecify.annotations.NullMarked;
