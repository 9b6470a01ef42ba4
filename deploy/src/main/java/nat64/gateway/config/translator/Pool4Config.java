// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import java.util.Optional;
import nat64.gateway.config.file.Located;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;

/**
 * Pool4 as the file has it.
 *
 * @param ranges each where its prefix is; with {@code auto}, what serves where the host has no address to share
 * @param ownPorts the ports of the host's own address that {@code auto} takes
 */
public record Pool4Config(List<Located<Pool4Range>> ranges, Optional<PortRange> ownPorts) {

    public Pool4Config {
        ranges = List.copyOf(ranges);
    }
}
