// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.util.OptionalLong;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;

/**
 * Whether datagrams were lost because receive buffers were full, and whether the kernel grants the DNS64 larger ones.
 *
 * @param largest {@code net.core.rmem_max}, in bytes
 * @param lost datagrams of all programs since the host started
 */
record ReceiveBuffersCheck(RunningState state, OptionalLong largest, OptionalLong lost) implements GatewayCheck {

    /** What the DNS64 asks for. */
    private static final long WANTED = 1 << 20;

    @Override
    public String name() {
        return "receive buffers";
    }

    @Override
    public Result examine() {
        if (!state.answersDns()) {
            return new Skipped(state.isRunning() ? "this gateway runs no DNS64" : RunningState.NO_GATEWAY);
        }
        if (lost.isEmpty() || largest.isEmpty()) {
            return new Skipped("this kernel does not say");
        }
        if (lost.getAsLong() == 0) {
            return new Ok("no datagram was lost");
        }
        return largest.getAsLong() < WANTED
                ? new Warning(
                        "%d datagrams were lost since the start of this host, as buffers were full"
                                .formatted(lost.getAsLong()),
                        "set net.core.rmem_max=%d, and restart the gateway".formatted(WANTED))
                : new Ok("%d datagrams were lost since the start of this host".formatted(lost.getAsLong()));
    }
}
