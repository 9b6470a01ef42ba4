// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.util.concurrent.Future;

/** Runs what blocks nothing after some time, unless that is called off. Safe for many threads. */
@FunctionalInterface
public interface Delay {

    Future<?> run(Runnable task, long millis);
}
