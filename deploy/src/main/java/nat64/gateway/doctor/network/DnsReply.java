// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** What a DNS server answered to a question for addresses. */
public sealed interface DnsReply {

    /** The addresses, those behind aliases included; none if the name has none of this type. */
    record Addresses(List<InetAddress> addresses, Duration roundTrip) implements DnsReply {

        public Addresses {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * An answer with another RCODE than NOERROR.
     *
     * @param rcode such as {@code SERVFAIL}
     */
    record Rejection(String rcode, Duration roundTrip) implements DnsReply {}

    /**
     * No answer.
     *
     * @param why as far as it is known
     */
    record Silence(String why) implements DnsReply {}
}
