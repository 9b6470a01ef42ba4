// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin.access;

/**
 * What an admin server has refused over TLS since its start.
 *
 * @param wrongTokens requests with a wrong token
 * @param limited requests whose token was not looked at, as their network had sent too many wrong ones
 */
public record AdminStatistics(long wrongTokens, long limited) {

    /** Of a server without TLS. */
    public static final AdminStatistics NONE = new AdminStatistics(0, 0);
}
