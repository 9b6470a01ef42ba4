// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

/**
 * What a client may use up.
 *
 * @param connections at once, of each listener
 * @param headerBytes of the request line, and of the header
 * @param bodyBytes of a request
 * @param requestSeconds from the start of the connection, or the last answer, to the end of a request
 * @param responseSeconds from the end of a request until its answer is sent; a reload is in it
 */
record AdminLimits(int connections, int headerBytes, int bodyBytes, int requestSeconds, int responseSeconds) {

    static final AdminLimits DEFAULT = new AdminLimits(64, 8192, 65_536, 30, 60);
}
