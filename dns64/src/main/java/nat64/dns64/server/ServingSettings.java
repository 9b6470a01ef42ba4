// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.util.Optional;

/**
 * How clients are served, beyond plain UDP and TCP.
 *
 * @param tls the encrypted transports, if there are any
 */
public record ServingSettings(Optional<TlsSettings> tls) {

    /** Nothing but plain UDP and TCP. */
    public static final ServingSettings PLAIN = new ServingSettings(Optional.empty());
}
