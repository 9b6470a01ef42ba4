// SPDX-License-Identifier: Apache-2.0
/**
 * Checks Pref64s and withdraws those that do not work. {@link nat64.dns64.health.DataPlaneProbe} is API of the module.
 *
 * <p>Imports {@code settings} and {@code view}. Checks block, so they run on the executor that is passed in, never on
 * an event loop.
 */
@NullMarked
package nat64.dns64.health;

import org.jspecify.annotations.NullMarked;
