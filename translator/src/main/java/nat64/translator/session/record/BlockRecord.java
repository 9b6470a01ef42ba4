// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Prefix;

/**
 * A block of ports that a subscriber has, of TCP, UDP and ICMP (its identifiers) alike.
 *
 * @param pool4 T, as {@code int}
 * @param lastPort included, as the first one
 */
public record BlockRecord(Ipv6Prefix subscriber, int pool4, int firstPort, int lastPort) {

    @Override
    public String toString() {
        return "%s = %s:%d-%d".formatted(subscriber, Ipv4Address.format(pool4), firstPort, lastPort);
    }
}
