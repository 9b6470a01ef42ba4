// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

/**
 * The MTUs of the links that translated packets leave by, in bytes, one for each side. They are read several times for
 * each packet and may change at any time, so a call must cost no more than a field read. Any thread may call.
 */
public interface NextHopMtus {

    /** The MTU of a link that is not known: no packet is too big; the next router decides. */
    int UNKNOWN = 65_535;

    /** Both MTUs are unknown. */
    NextHopMtus UNLIMITED = new Fixed(UNKNOWN, UNKNOWN);

    /** MTU of the IPv6 side; at least 1280. */
    int ipv6();

    /** MTU of the IPv4 side; at least 68. */
    int ipv4();

    /** MTUs that do not change. */
    record Fixed(int ipv6, int ipv4) implements NextHopMtus {

        public Fixed {
            if (ipv6 < Mtu.SMALLEST_IPV6 || ipv4 < Mtu.SMALLEST_IPV4) {
                throw new IllegalArgumentException(
                        "an IPv6 MTU is 1280 or more, an IPv4 MTU 68 or more, not %d and %d".formatted(ipv6, ipv4));
            }
        }
    }
}
