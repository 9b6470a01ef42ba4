// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.session.policy.ProbeFlow;

/**
 * The hosts between which a gateway sends the datagrams of its probe. Both are behind a device of the gateway itself,
 * so no packet of theirs leaves the host. Gateways of one host have different ones, by the names of their devices.
 */
public final class ProbeFlows {

    /** A unique local prefix whose bits were drawn by lot (RFC 4193, section 3.2.2). */
    private static final Ipv6Address IPV6_HOSTS = Ipv6Address.parse("fdb1:d8ae:2265::");

    /** 192.0.0.64/26: no host has an address of 192.0.0.0/24 that IANA has not assigned (RFC 6890, section 2.2.2). */
    private static final int IPV4_HOSTS = Ipv4Address.parse("192.0.0.64");

    private static final int MOST_IPV4_HOSTS = 64;
    private static final int PORT = 6464;

    private ProbeFlows() {}

    /** Those of the gateway whose translator has a device of this name. */
    public static ProbeFlow of(String device) {
        int number = device.hashCode();
        return new ProbeFlow(
                IPV6_HOSTS.high(),
                Integer.toUnsignedLong(number),
                PORT,
                IPV4_HOSTS + Math.floorMod(number, MOST_IPV4_HOSTS),
                PORT);
    }
}
