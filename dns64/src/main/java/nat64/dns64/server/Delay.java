// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

/** Runs what blocks nothing after some time. Safe for many threads. */
@FunctionalInterface
interface Delay {

    void run(Runnable task, long millis);
}
