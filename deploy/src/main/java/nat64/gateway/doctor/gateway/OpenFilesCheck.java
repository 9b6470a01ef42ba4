// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.util.Optional;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;

/**
 * Whether the gateway may open more files: each connection of a client is one.
 *
 * @param files of its process; nothing if they can't be read
 */
record OpenFilesCheck(Optional<Fill> files) implements GatewayCheck {

    @Override
    public String name() {
        return "open files";
    }

    @Override
    public Result examine() {
        return files.<Result>map(fill -> fill.isNearlyFull()
                        ? new Warning(
                                fill.toString(),
                                "raise LimitNOFILE of the service (systemctl edit nat64), or ulimit -n, and restart it")
                        : new Ok(fill.toString()))
                .orElseGet(() -> new Skipped("only root sees the files of the gateway"));
    }
}
