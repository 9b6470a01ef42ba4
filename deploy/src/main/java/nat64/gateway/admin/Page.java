// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.Map;

/**
 * One answer.
 *
 * @param headers beside those that every answer has
 */
record Page(int status, String contentType, String body, Map<String, String> headers) {

    Page(int status, String contentType, String body) {
        this(status, contentType, body, Map.of());
    }

    static Page text(int status, String body) {
        return new Page(status, "text/plain; charset=utf-8", body + "\n");
    }

    /** The same with these headers. */
    Page with(Map<String, String> others) {
        return new Page(status, contentType, body, others);
    }

    /** @param allow the methods that would work */
    static Page notAllowed(String allow) {
        return new Page(405, "text/plain; charset=utf-8", "only " + allow + "\n", Map.of("Allow", allow));
    }
}
