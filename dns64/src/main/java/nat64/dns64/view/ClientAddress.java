// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.view;

import java.net.InetAddress;
import nat64.translator.address.Ipv6Address;

/** What the address of a client means. IPv4 clients of an IPv6 socket show up as mapped addresses and count as IPv4. */
public final class ClientAddress {

    private static final int IPV4_LENGTH = 4;

    private ClientAddress() {}

    /** Its 4 or 16 bytes. */
    public static byte[] bytes(InetAddress client) {
        byte[] bytes = client.getAddress();
        if (bytes.length == Ipv6Address.LENGTH && Ipv6Address.ofBytes(bytes).isIpv4Mapped()) {
            byte[] v4 = new byte[IPV4_LENGTH];
            System.arraycopy(bytes, Ipv6Address.LENGTH - IPV4_LENGTH, v4, 0, IPV4_LENGTH);
            return v4;
        }
        return bytes;
    }
}
