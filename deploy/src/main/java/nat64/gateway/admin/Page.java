// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

/**
 * One answer.
 *
 * @param allow the methods that would work, where the method did not; else empty
 */
record Page(int status, String contentType, String body, String allow) {

    Page(int status, String contentType, String body) {
        this(status, contentType, body, "");
    }

    static Page text(int status, String body) {
        return new Page(status, "text/plain; charset=utf-8", body + "\n");
    }

    static Page notAllowed(String allow) {
        return new Page(405, "text/plain; charset=utf-8", "only " + allow + "\n", allow);
    }
}
