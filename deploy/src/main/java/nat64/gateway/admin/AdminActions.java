// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the operator may ask the gateway to do. The server runs one at a time, on a thread for actions; they may block.
 *
 * @param reload reloads the configuration file
 * @param flush removes a name and all names below it from the caches of the DNS64
 */
public record AdminActions(Supplier<Result> reload, Function<String, Result> flush) {

    /**
     * How it ended.
     *
     * @param text for people
     */
    public record Result(boolean done, String text) {}
}
