// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.view;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;

/** Who is answered. IPv4 clients of an IPv6 socket show up as mapped addresses and count as IPv4. */
public record ClientList(List<Ipv6Prefix> v6, List<Ipv4Prefix> v4) {

    public boolean contains(InetAddress client) {
        byte[] bytes = client.getAddress();
        if (bytes.length < Ipv6Address.LENGTH) {
            return containsV4(ByteBuffer.wrap(bytes).getInt());
        }
        var address = Ipv6Address.ofOctets(bytes);
        return address.isIpv4Mapped() ? containsV4((int) address.low()) : containsV6(address);
    }

    private boolean containsV6(Ipv6Address address) {
        for (var prefix : v6) {
            if (prefix.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private boolean containsV4(int address) {
        for (var prefix : v4) {
            if (prefix.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
