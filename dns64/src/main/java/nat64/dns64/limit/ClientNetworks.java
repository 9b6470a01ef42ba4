// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.limit;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import nat64.dns64.settings.NetworkLengths;
import nat64.dns64.view.ClientAddress;
import nat64.translator.address.Ipv6Address;

/**
 * Numbers for the networks of clients. All limits are per network: who has one address of a network can often take the
 * others, too. An IPv4 client of an IPv6 socket shows up as a mapped address and counts as IPv4. Pure.
 */
public record ClientNetworks(NetworkLengths lengths) {

    /** As most providers delegate them: a /56 of IPv6, a /24 of IPv4. */
    public static final ClientNetworks DEFAULT = new ClientNetworks(NetworkLengths.DEFAULT);

    /** The number of the network that the client is in; no IPv4 network has that of an IPv6 network. */
    public long of(InetAddress client) {
        byte[] bytes = ClientAddress.bytes(client);
        return bytes.length < Ipv6Address.LENGTH
                ? (ByteBuffer.wrap(bytes).getInt() >>> (Integer.SIZE - lengths.ipv4())) | Long.MIN_VALUE
                : ByteBuffer.wrap(bytes).getLong() >>> (Long.SIZE - lengths.ipv6());
    }

    /** A number for the client alone, by its whole address. */
    static long ofAddress(InetAddress client) {
        byte[] bytes = ClientAddress.bytes(client);
        if (bytes.length < Ipv6Address.LENGTH) {
            return ByteBuffer.wrap(bytes).getInt();
        }
        var address = ByteBuffer.wrap(bytes);
        return RateTable.mix(address.getLong()) ^ address.getLong();
    }
}
