// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.session.table.Protocol;

/**
 * A binding that the operator has made: IPv4 hosts reach the IPv6 one at the pool4 address, without it having spoken
 * first, and for as long as the configuration says so (RFC 6146, section 3.1).
 *
 * @param ipv6Port the port, or of ICMP the identifier
 * @param ipv4 a pool4 address, as {@code int}
 * @param ipv4Port the port, or of ICMP the identifier; it need not be among those of the pool4 range
 */
public record StaticBinding(Protocol protocol, Ipv6Address ipv6, int ipv6Port, int ipv4, int ipv4Port) {

    /** Whether the two want the same address on one of the sides. */
    public boolean clashesWith(StaticBinding other) {
        boolean sameInside = ipv6.equals(other.ipv6) && ipv6Port == other.ipv6Port;
        boolean sameOutside = ipv4 == other.ipv4 && ipv4Port == other.ipv4Port;
        return protocol == other.protocol && (sameInside || sameOutside);
    }

    @Override
    public String toString() {
        return "%s [%s]:%d = %s:%d".formatted(protocol.label(), ipv6, ipv6Port, Ipv4Address.format(ipv4), ipv4Port);
    }
}
