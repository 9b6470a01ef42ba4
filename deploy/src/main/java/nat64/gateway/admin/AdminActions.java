// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.Map;

/**
 * What the operator may ask the gateway to do, by path. The server runs one at a time, on a thread for actions; they
 * may block.
 */
public record AdminActions(Map<String, Action> byPath) {

    public static final AdminActions NONE = new AdminActions(Map.of());

    public AdminActions {
        byPath = Map.copyOf(byPath);
    }

    /** Changes something. */
    public interface Action {

        /**
         * Does it.
         *
         * @param parameters by name, each given once
         * @throws IllegalArgumentException if a parameter is wrong; the message says what would be right
         */
        Result act(Map<String, String> parameters);
    }

    /**
     * How it ended.
     *
     * @param text for people
     */
    public record Result(boolean done, String text) {}
}
