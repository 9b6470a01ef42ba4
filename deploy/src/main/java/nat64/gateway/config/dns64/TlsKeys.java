// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import static nat64.gateway.config.file.OnChange.RESTART;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.common.FileFormats;
import nat64.gateway.config.common.NameFormats;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.ValueKey;
import org.xbill.DNS.Name;

/** The keys of the section {@code dns64.tls}. */
public final class TlsKeys {

    public static final Keys KEYS = Keys.section("dns64.tls");

    private static final Pattern URL_PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@/-]*"); // RFC 3986, section 3.3

    static final ValueKey<Optional<Path>> CERTIFICATE = KEYS.value(
            "certificate",
            "none",
            FileFormats.orNone("/etc/nat64/tls.crt"),
            RESTART,
            "PEM file with a certificate and those that lead to its authority. With it and `dns64.tls.key`, DNS over"
                    + " TLS is answered, too. When the files change, new connections get the new certificate.");
    static final ValueKey<Optional<Path>> KEY = KEYS.value(
            "key",
            "none",
            FileFormats.orNone("/etc/nat64/tls.key"),
            RESTART,
            "PEM file with the private key (RSA, EC or Ed25519), without a password.");
    static final ListKey<Endpoints> LISTEN = KEYS.listOrEmpty(
            "listen",
            "[auto]",
            AddressFormats.listen(AutoPorts.TLS),
            RESTART,
            "Where DNS over TLS (RFC 7858) is answered. `auto` is port 853 of each address of `dns64.listen`; `[]`"
                    + " turns it off.");
    static final ListKey<Endpoints> HTTPS = KEYS.listOrEmpty(
            "https",
            "[]",
            AddressFormats.listen(AutoPorts.HTTPS),
            RESTART,
            "Where DNS over HTTPS (RFC 8484) is answered. `auto` is port 443 of each address of `dns64.listen`.");
    static final ValueKey<String> PATH = KEYS.value(
            "path",
            "/dns-query",
            Format.of("/dns-query", TlsKeys::urlPath).withExamples("/dns-query", "/dns"),
            RESTART,
            "Path of the URL of DNS over HTTPS.");
    static final ValueKey<Optional<Name>> NAME = KEYS.value(
            "name",
            "none",
            NameFormats.HOST_OR_NONE,
            RESTART,
            "Name of this server in its certificate. Clients that ask discover the encrypted transports by it (RFC"
                    + " 9462).");

    private TlsKeys() {}

    private static String urlPath(String text) {
        if (!URL_PATH.matcher(text).matches()) {
            throw new IllegalArgumentException(text + " is not the path of a URL");
        }
        return text;
    }
}
