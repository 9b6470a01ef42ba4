// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import nat64.translator.address.Ipv4Prefix;

/** Part of pool4: IPv4 addresses that stand for IPv6 hosts, and the ports of each that bindings may take. */
public record Pool4Range(Ipv4Prefix prefix, PortRange ports) {

    /** Beyond it the maps of taken ports, 8 KiB for each address and protocol, would not fit the heap. */
    public static final int SHORTEST_PREFIX = 20;

    public Pool4Range {
        if (prefix.length() < SHORTEST_PREFIX) {
            throw new IllegalArgumentException("pool4 takes prefixes of /20 or longer, not " + prefix);
        }
    }
}
