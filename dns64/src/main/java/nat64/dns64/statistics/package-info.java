// SPDX-License-Identifier: Apache-2.0
/**
 * What the server tells about its work: reasons of answers and drops, transports, durations. API of the module.
 *
 * <p>Imports nothing of this library. Values and counters without a clock, safe for many threads.
 */
@NullMarked
package nat64.dns64.statistics;

import org.jspecify.annotations.NullMarked;
