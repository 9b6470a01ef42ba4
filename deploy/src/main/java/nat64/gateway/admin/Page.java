// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

/** One answer. */
record Page(int status, String contentType, String body) {

    static Page text(int status, String body) {
        return new Page(status, "text/plain; charset=utf-8", body + "\n");
    }
}
