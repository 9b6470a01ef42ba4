// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.util.List;
import java.util.Optional;
import nat64.gateway.config.translator.StatefulConfig;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.session.pool4.HostPorts;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;

/** What {@code pool4: auto} stands for: some ports of the host's own IPv4 address. Pure. */
final class OwnPool4 {

    private OwnPool4() {}

    /** Whether a configuration would rather share an address of the host than hide behind it. */
    static boolean isWanted(StatefulConfig config) {
        return config.automatic().ownPorts().isPresent() && !config.bindsGivenAddresses();
    }

    /**
     * With the address of the uplink as pool4.
     *
     * @param inUse ports that programs of the host use there
     */
    static StatefulConfig with(StatefulConfig config, int address, HostPorts inUse) {
        return config.automatic()
                .ownPorts()
                .map(ports -> config.with(List.of(range(address, ports, inUse))))
                .orElse(config);
    }

    private static Pool4Range range(int address, PortRange ports, HostPorts inUse) {
        var left = HostPorts.of(inUse.stream().filter(ports::contains));
        return new Pool4Range(new Ipv4Prefix(address, Integer.SIZE), ports, Optional.of(left));
    }
}
