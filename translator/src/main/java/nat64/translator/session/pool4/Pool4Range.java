// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.util.Optional;
import nat64.translator.address.Ipv4Prefix;

/**
 * Part of pool4: IPv4 addresses that stand for IPv6 hosts, and the ports of each that bindings may take.
 *
 * @param hostPorts what programs of the host use, if it has these addresses itself; the other ports, and those of
 *     static bindings, are the translator's then
 */
public record Pool4Range(Ipv4Prefix prefix, PortRange ports, Optional<HostPorts> hostPorts) {

    /** The maps of taken ports, 8 KiB for each address and protocol, come to 1.5 GiB then. */
    public static final int SHORTEST_PREFIX = 16;

    public Pool4Range {
        if (prefix.length() < SHORTEST_PREFIX) {
            throw new IllegalArgumentException("pool4 takes prefixes of /16 or longer, not " + prefix);
        }
    }

    /** Addresses that no host has. */
    public Pool4Range(Ipv4Prefix prefix, PortRange ports) {
        this(prefix, ports, Optional.empty());
    }

    /** Whether the host has these addresses itself. */
    public boolean isShared() {
        return hostPorts.isPresent();
    }
}
