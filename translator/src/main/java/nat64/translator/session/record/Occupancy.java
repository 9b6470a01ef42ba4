// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import java.util.Map;
import java.util.Optional;
import nat64.translator.session.table.Protocol;

/**
 * What the tables of all protocols held at a moment, besides sessions.
 *
 * @param fragmentsFromIpv6 fragments from the IPv6 side that wait for the first one of their datagram
 * @param fragmentsFromIpv4 likewise, from the IPv4 side
 * @param fragmentCapacity how many may wait, of both sides together
 * @param storedSyns SYNs from the IPv4 side that wait for one from the IPv6 side
 * @param boundPorts ports that bindings have, of all pool4 addresses together
 * @param offeredPorts ports of each protocol that bindings may have, of all pool4 addresses together
 * @param quarantinedPorts ports that no host may get for a time (RFC 6888, REQ-8), of all addresses together
 * @param blocks of ports, of all addresses together, if subscribers have their ports in blocks
 */
public record Occupancy(
        int fragmentsFromIpv6,
        int fragmentsFromIpv4,
        int fragmentCapacity,
        int storedSyns,
        Map<Protocol, Integer> boundPorts,
        long offeredPorts,
        Map<Protocol, Integer> quarantinedPorts,
        Optional<Blocks> blocks) {

    /**
     * Blocks of ports.
     *
     * @param used those that subscribers have
     * @param held those that no other subscriber may get for a time, after the last binding in them has ended
     * @param offered those that subscribers may have, used or not
     */
    public record Blocks(int used, int held, long offered) {}

    public Occupancy {
        boundPorts = Map.copyOf(boundPorts);
        quarantinedPorts = Map.copyOf(quarantinedPorts);
    }
}
