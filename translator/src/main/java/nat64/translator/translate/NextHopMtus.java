// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

/**
 * The MTUs of the links that translated packets leave by, in octets, one for each side. They are asked for again and
 * again, several times a packet, and may change at any time; so an answer must cost no more than a field read.
 */
public interface NextHopMtus {

    /** Where the MTU of a link is not known, nothing is too big for it; the host's own router has the last word. */
    int UNKNOWN = 65_535;

    /** Nothing is known of either side. */
    NextHopMtus UNLIMITED = new Fixed(UNKNOWN, UNKNOWN);

    /** Of the IPv6 side; at least 1280. */
    int ipv6();

    /** Of the IPv4 side; at least 68. */
    int ipv4();

    /** MTUs that stay as they are. */
    record Fixed(int ipv6, int ipv4) implements NextHopMtus {

        public Fixed {
            if (ipv6 < Mtu.SMALLEST_IPV6 || ipv4 < Mtu.SMALLEST_IPV4) {
                throw new IllegalArgumentException(
                        "an IPv6 MTU is 1280 or more, an IPv4 MTU 68 or more, not %d and %d".formatted(ipv6, ipv4));
            }
        }
    }
}
