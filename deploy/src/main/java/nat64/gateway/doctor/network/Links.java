// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import java.util.List;
import java.util.Optional;

/**
 * What addresses and routes this host has.
 *
 * @param ipv6 its global IPv6 addresses, those of the link of the default route first
 * @param ipv4 its IPv4 addresses but those of loopback
 * @param ipv6Route the link of the IPv6 default route, if there is one
 * @param ipv4Route the link of the IPv4 default route, likewise
 * @param mtu of IPv6 packets on the link of the IPv6 default route, in bytes
 */
public record Links(
        List<Address> ipv6, List<Address> ipv4, Optional<String> ipv6Route, Optional<String> ipv4Route, int mtu) {

    /** An address, as text, and its link. */
    public record Address(String address, String link) {

        @Override
        public String toString() {
            return address + " on " + link;
        }
    }

    public Links {
        ipv6 = List.copyOf(ipv6);
        ipv4 = List.copyOf(ipv4);
    }
}
