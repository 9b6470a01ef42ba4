// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.time.Duration;
import java.time.Instant;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;

/** Whether the certificate of the encrypted transports expires soon, and whether its file could be read again. */
record CertificateCheck(RunningState state, Instant now) implements GatewayCheck {

    private static final Duration SOON = Duration.ofDays(14);

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public Result examine() {
        var used = state.statistics().at("/dns64/certificate");
        if (used.isMissingNode()) {
            return new Skipped(state.isRunning() ? "no DNS over TLS or HTTPS" : RunningState.NO_GATEWAY);
        }
        var expires = Instant.parse(used.path("expires").asText());
        var left = Duration.between(now, expires);
        if (!left.isPositive()) {
            return new Failed(
                    "it has expired at " + expires,
                    "renew it: the gateway reads the files of dns64.tls again by itself when they change");
        }
        return left.compareTo(SOON) < 0
                ? new Warning(
                        "it expires at %s, in %d days".formatted(expires, left.toDays()),
                        "renew it: the gateway reads the files of dns64.tls again by itself when they change")
                : new Ok("it expires in %d days".formatted(left.toDays()));
    }
}
