// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

/**
 * Learns of TCP connections that have been idle for TCP_EST and whose endpoints should be asked (RFC 6146, 3.5.2.2).
 */
public interface IdleConnections {

    /** The connection between the mapping's IPv6 host and the IPv4 host; the mapping is valid during the call only. */
    void idle(Mapping mapping, int remote, int remotePort);
}
