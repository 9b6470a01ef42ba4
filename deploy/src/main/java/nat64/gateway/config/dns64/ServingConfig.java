// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nat64.dns64.server.ServingSettings;

/**
 * How DNS clients are served, beyond plain UDP and TCP.
 *
 * @param tls the encrypted transports, if there is a certificate
 * @param cookieSecrets file with the secrets of server cookies; random ones without it
 * @param udpResponsesPerSecond to one network without a cookie; 0 is no limit
 */
public record ServingConfig(Optional<TlsConfig> tls, Optional<Path> cookieSecrets, int udpResponsesPerSecond) {

    /** The same without {@code auto}. */
    public ServingConfig resolve(List<InetSocketAddress> plain) {
        return new ServingConfig(tls.map(config -> config.resolve(plain)), cookieSecrets, udpResponsesPerSecond);
    }

    public ServingSettings settings() {
        return new ServingSettings(tls.map(TlsConfig::settings), cookieSecrets, udpResponsesPerSecond);
    }
}
