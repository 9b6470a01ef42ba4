// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the operator may have the gateway do. Every one is called by several threads.
 *
 * @param reload takes the configuration file anew
 * @param flush makes the DNS64 forget a name and all names below it
 */
public record AdminActions(Supplier<Result> reload, Function<String, Result> flush) {

    /**
     * What became of it.
     *
     * @param text for people
     */
    public record Result(boolean done, String text) {}
}
