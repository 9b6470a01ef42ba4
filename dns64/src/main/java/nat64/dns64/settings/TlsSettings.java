// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * What DNS over TLS (RFC 7858) and DNS over HTTPS (RFC 8484) need.
 *
 * @param certificate PEM file with the certificate and those that lead to its authority
 * @param key PEM file with its private key, not encrypted
 * @param listen addresses of DNS over TLS
 * @param https addresses of DNS over HTTPS
 * @param path of the URL of DNS over HTTPS
 * @param name of this server, as in the certificate; clients are told of the encrypted transports if it is there
 */
public record TlsSettings(
        Path certificate,
        Path key,
        List<InetSocketAddress> listen,
        List<InetSocketAddress> https,
        String path,
        Optional<Name> name) {

    public TlsSettings {
        listen = List.copyOf(listen);
        https = List.copyOf(https);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path must begin with /: " + path);
        }
    }
}
