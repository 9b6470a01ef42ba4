// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import nat64.translator.address.Ipv6Address;

/**
 * The host behind the gateway, and the network as it sees it. Methods may block for seconds; any thread may call them.
 */
public interface ClientHost {

    /** Its addresses and routes. */
    Links links();

    /** The resolvers that its programs ask, in their order. */
    List<InetAddress> resolvers();

    /**
     * Asks for addresses over UDP, and over TCP if the answer is truncated.
     *
     * @param type of records
     */
    DnsReply ask(InetSocketAddress server, String name, AddressType type);

    /**
     * Sends an echo request.
     *
     * @param bytes of the whole IPv6 packet, which no router may fragment
     */
    Reply ping(Ipv6Address destination, int bytes);

    /** Opens a TCP connection, and closes it. */
    Reply connect(InetSocketAddress destination);

    /** Router advertisements that came since this object was made. */
    Advertisements advertisements();

    /** What a question asks for. */
    enum AddressType {
        A,
        AAAA
    }
}
