// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin.access;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Which clients share a limit: those of a /64, as one host can have all of its addresses, or one IPv4 address. */
public final class ClientNetwork {

    private ClientNetwork() {}

    /** The network of a client as a number. Those of IPv4 addresses are apart from those of IPv6 networks in use. */
    public static long of(InetAddress client) {
        byte[] octets = client.getAddress();
        return octets.length == Integer.BYTES
                ? ByteBuffer.wrap(octets).getInt()
                : ByteBuffer.wrap(octets).getLong();
    }
}
