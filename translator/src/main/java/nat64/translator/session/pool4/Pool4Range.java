// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import nat64.translator.address.Ipv4Prefix;

/** Part of pool4: IPv4 addresses that stand for IPv6 hosts, and the ports of each that bindings may take. */
public record Pool4Range(Ipv4Prefix prefix, PortRange ports) {

    /** The maps of taken ports, 8 KiB for each address and protocol, come to 1.5 GiB then. */
    public static final int SHORTEST_PREFIX = 16;

    public Pool4Range {
        if (prefix.length() < SHORTEST_PREFIX) {
            throw new IllegalArgumentException("pool4 takes prefixes of /16 or longer, not " + prefix);
        }
    }
}
