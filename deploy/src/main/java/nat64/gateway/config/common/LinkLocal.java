// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import nat64.translator.address.Ipv6Address;

/**
 * Link-local addresses with their interface (RFC 4007, section 11). An address of the JDK has the number of its
 * interface, so this is the only part of the configuration that asks the host.
 */
final class LinkLocal {

    private LinkLocal() {}

    /** The JDK takes an interface by its name only if that has a link-local address by now. */
    static InetAddress address(Ipv6Address address, String zone) {
        try {
            var link = NetworkInterface.getByName(zone);
            if (link == null) {
                throw new IllegalArgumentException(
                        "this host has no interface " + zone + "; ip link shows those that it has");
            }
            boolean isUp = link.inetAddresses().anyMatch(InetAddress::isLinkLocalAddress);
            return isUp
                    ? Inet6Address.getByAddress("", address.bytes(), link)
                    : Inet6Address.getByAddress("", address.bytes(), link.getIndex());
        } catch (SocketException | UnknownHostException e) {
            throw new IllegalArgumentException("the interface " + zone + " can't be used: " + e.getMessage(), e);
        }
    }
}
