// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How clients are served, beyond plain UDP and TCP.
 *
 * @param tls the encrypted transports, if there are any
 * @param cookieSecrets file with the secrets of server cookies (RFC 9018), which servers at one address share; without
 *     it they are random
 * @param udpResponsesPerSecond to one network without a cookie, before it is sent to TCP; 0 is no limit
 * @param networks whose clients share limits
 */
public record ServingSettings(
        Optional<TlsSettings> tls, Optional<Path> cookieSecrets, int udpResponsesPerSecond, NetworkLengths networks) {

    /** Nothing but plain UDP and TCP. */
    public static final ServingSettings PLAIN = new ServingSettings(Optional.empty(), Optional.empty(), 0);

    private static final int HIGHEST_RATE = 1_000_000_000;

    /** With networks of the usual sizes. */
    public ServingSettings(Optional<TlsSettings> tls, Optional<Path> cookieSecrets, int udpResponsesPerSecond) {
        this(tls, cookieSecrets, udpResponsesPerSecond, NetworkLengths.DEFAULT);
    }

    public ServingSettings {
        if (udpResponsesPerSecond < 0 || udpResponsesPerSecond > HIGHEST_RATE) {
            throw new IllegalArgumentException(
                    "the rate must be between 0 and 1000000000, not " + udpResponsesPerSecond);
        }
    }
}
