// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.util.Optional;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;

/**
 * Whether the clock is set by a time server. Sessions don't need it; certificates, signatures and logs do.
 *
 * @param isSynchronized what the host says; nothing if it does not know
 */
record ClockCheck(Optional<Boolean> isSynchronized) implements GatewayCheck {

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Result examine() {
        return isSynchronized
                .<Result>map(known -> known
                        ? new Ok("synchronized")
                        : new Warning(
                                "not synchronized: certificates and DNSSEC signatures may seem expired, and logs have wrong"
                                        + " times",
                                "start a time service: timedatectl set-ntp true, or chrony"))
                .orElseGet(() -> new Skipped("this host does not say whether it is synchronized"));
    }
}
