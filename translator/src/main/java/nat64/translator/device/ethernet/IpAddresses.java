// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;

/**
 * Addresses of both IP versions as one kind of number: an IPv4 address is the low 32 bits of {@code ::a.b.c.d}. A link
 * carries one version only, so that the two never meet.
 */
public final class IpAddresses {

    private static final int IPV4_START = 96;

    private IpAddresses() {}

    public static Ipv6Address ipv4(int address) {
        return new Ipv6Address(0, address & 0xffff_ffffL);
    }

    public static Ipv6Prefix ipv4(Ipv4Prefix prefix) {
        return new Ipv6Prefix(0, prefix.address() & 0xffff_ffffL, IPV4_START + prefix.length());
    }
}
