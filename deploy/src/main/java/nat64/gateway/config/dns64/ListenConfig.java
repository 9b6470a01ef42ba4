// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import nat64.dns64.settings.ServingSettings;
import nat64.dns64.settings.TlsSettings;
import nat64.gateway.config.common.Endpoints;

/**
 * Where clients are served, and how.
 *
 * @param plain UDP and TCP
 * @param auto encrypted transports whose addresses are those of {@code plain}, besides those that {@code serving} names
 * @param serving the settings of the DNS64, with the addresses that the file gives
 * @param threads that serve sockets; 0 is one per processor
 */
public record ListenConfig(Endpoints plain, AutoPorts auto, ServingSettings serving, int threads) {

    /** The same without {@code auto}. */
    ListenConfig resolve(Endpoints resolved) {
        return new ListenConfig(
                resolved,
                AutoPorts.NONE,
                new ServingSettings(
                        serving.tls().map(tls -> resolve(tls, resolved.given())),
                        serving.cookieSecrets(),
                        serving.udpResponsesPerSecond(),
                        serving.networks()),
                threads);
    }

    private TlsSettings resolve(TlsSettings tls, List<InetSocketAddress> addresses) {
        return new TlsSettings(
                tls.certificate(),
                tls.key(),
                auto.tls() ? at(AutoPorts.TLS, addresses, tls.listen()) : tls.listen(),
                auto.https() ? at(AutoPorts.HTTPS, addresses, tls.https()) : tls.https(),
                tls.path(),
                tls.name());
    }

    private static List<InetSocketAddress> at(
            int port, List<InetSocketAddress> addresses, List<InetSocketAddress> given) {
        return Stream.concat(
                        addresses.stream().map(address -> new InetSocketAddress(address.getAddress(), port)),
                        given.stream())
                .distinct()
                .toList();
    }
}
