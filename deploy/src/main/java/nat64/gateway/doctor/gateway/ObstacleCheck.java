// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import nat64.gateway.doctor.Result;
import nat64.gateway.preflight.Finding;

/** What of the host may be in the way of a gateway, as {@code nat64 check} finds it. */
record ObstacleCheck(Finding finding) implements GatewayCheck {

    @Override
    public String name() {
        return finding.subject();
    }

    @Override
    public Result examine() {
        return switch (finding) {
            case Finding.Ok(var _, var found) -> new Result.Ok(found);
            case Finding.Warning(var _, var found, var remedy) -> new Result.Warning(found, remedy);
            case Finding.Refused(var _, var found, var remedy) -> new Result.Failed(found, remedy);
        };
    }
}
