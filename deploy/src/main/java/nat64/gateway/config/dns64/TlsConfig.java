// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nat64.dns64.server.TlsSettings;
import nat64.gateway.config.common.Endpoints;
import org.xbill.DNS.Name;

/**
 * DNS over TLS and DNS over HTTPS.
 *
 * @param certificate PEM file
 * @param key PEM file
 * @param listen addresses of DNS over TLS; {@code auto} is port 853 of where plain DNS is answered
 * @param https addresses of DNS over HTTPS; {@code auto} is port 443 likewise
 * @param path of the URL of DNS over HTTPS
 * @param name of this server in the certificate
 */
public record TlsConfig(
        Path certificate, Path key, Endpoints listen, Endpoints https, String path, Optional<Name> name) {

    public static final int TLS_PORT = 853; // RFC 7858, section 3.1
    public static final int HTTPS_PORT = 443;

    public TlsSettings settings() {
        return new TlsSettings(certificate, key, listen.given(), https.given(), path, name);
    }

    /** The same without {@code auto}. */
    public TlsConfig resolve(List<InetSocketAddress> plain) {
        return new TlsConfig(certificate, key, at(listen, plain, TLS_PORT), at(https, plain, HTTPS_PORT), path, name);
    }

    private static Endpoints at(Endpoints endpoints, List<InetSocketAddress> plain, int port) {
        return new Endpoints(
                false,
                endpoints.resolve(plain.stream()
                        .map(address -> new InetSocketAddress(address.getAddress(), port))
                        .distinct()
                        .toList()));
    }
}
