// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import nat64.gateway.config.GatewayConfig;

/** The running gateway. */
public final class Gateway {

    private Gateway() {}

    /** Runs until the process is told to end. */
    @SuppressWarnings("DoNotCallSuggester")
    public static void run(GatewayConfig config) {
        throw new UnsupportedOperationException("role " + config.role() + " is not wired in this build");
    }
}
