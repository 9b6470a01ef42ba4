// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.util.List;
import nat64.gateway.config.GatewayConfig;

/**
 * A configuration with what the host has now in place of every {@code auto}.
 *
 * @param config without {@code auto}; it has no upstreams, and no addresses to listen on, as long as the host has none
 * @param waiting what the host lacks yet, a sentence each: the gateway waits for it
 * @param reasons who is served and where DNS is answered, and why, a line each
 */
public record Resolved(GatewayConfig config, List<String> waiting, List<String> reasons) {

    public Resolved {
        waiting = List.copyOf(waiting);
        reasons = List.copyOf(reasons);
    }

    /** One that depends on nothing of the host. */
    public static Resolved fixed(GatewayConfig config) {
        return new Resolved(config, List.of(), List.of());
    }
}
