// SPDX-License-Identifier: Apache-2.0
/**
 * The DNS64 server: what starts it, reconfigures it, counts and stops it. API of the module.
 *
 * <p>Top layer: imports all others, and no other imports it. Here the clock is read, threads are made, and the layers
 * are put together. A program uses this package, {@code settings}, {@code statistics}, {@code synthesis}, {@code
 * explain} and {@code health.DataPlaneProbe}, and nothing else.
 */
@NullMarked
package nat64.dns64;

import org.jspecify.annotations.NullMarked;
