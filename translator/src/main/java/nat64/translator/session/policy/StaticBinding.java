// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.policy;

import java.util.HashMap;
import java.util.List;
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

    /** The side of the IPv6 host; one binding only can have it. */
    public record Inside(Protocol protocol, Ipv6Address ipv6, int port) {}

    /** The side of pool4; one binding only can have it. */
    public record Outside(Protocol protocol, int ipv4, int port) {}

    public Inside inside() {
        return new Inside(protocol, ipv6, ipv6Port);
    }

    public Outside outside() {
        return new Outside(protocol, ipv4, ipv4Port);
    }

    /** The same at another pool4 address. */
    public StaticBinding at(int otherIpv4) {
        return new StaticBinding(protocol, ipv6, ipv6Port, otherIpv4, ipv4Port);
    }

    /**
     * Checks that no two bindings have the same side.
     *
     * @throws IllegalArgumentException if two have; the message names them
     */
    public static void requireDistinct(List<StaticBinding> bindings) {
        var bySide = new HashMap<Record, StaticBinding>();
        for (var binding : bindings) {
            for (var side : List.of(binding.inside(), binding.outside())) {
                var earlier = bySide.putIfAbsent(side, binding);
                if (earlier != null) {
                    throw new IllegalArgumentException("static bindings clash: " + earlier + " and " + binding);
                }
            }
        }
    }

    @Override
    public String toString() {
        return "%s [%s]:%d = %s:%d".formatted(protocol.label(), ipv6, ipv6Port, Ipv4Address.format(ipv4), ipv4Port);
    }
}
