// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.Map;

/** Data that is asked for with parameters, each given once. The answer is maps, records and lists that become JSON. */
public interface Query {

    /**
     * Answers; may block.
     *
     * @throws IllegalArgumentException if a parameter is wrong; the message says what would be right
     * @throws IllegalStateException if there is nothing to ask; the message says why
     */
    Object answer(Map<String, String> parameters);
}
