// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What checks of signatures run with.
 *
 * @param clock that signatures expire by
 * @param nanoTime the clock of deadlines
 * @param threads run the checks
 */
public record CheckRuntime(Clock clock, LongSupplier nanoTime, Executor threads) {}
