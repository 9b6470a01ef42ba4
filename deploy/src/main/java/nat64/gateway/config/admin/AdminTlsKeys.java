// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.admin;

import static nat64.gateway.config.file.OnChange.RESTART;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.FileFormats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;

/** The keys of the section {@code admin.tls}. */
public final class AdminTlsKeys {

    public static final Keys KEYS = Keys.section("admin.tls");
    static final int PORT = 6466;

    static final ValueKey<Optional<Path>> CERTIFICATE = KEYS.value(
            "certificate",
            "none",
            FileFormats.orNone("/etc/nat64/admin.crt"),
            RESTART,
            "PEM file with a certificate and those that lead to its authority. With it and `admin.tls.key`, the HTTP"
                    + " server answers over TLS, too. When the files change, new connections get the new certificate.");
    static final ValueKey<Optional<Path>> KEY = KEYS.value(
            "key",
            "none",
            FileFormats.orNone("/etc/nat64/admin.key"),
            RESTART,
            "PEM file with the private key (RSA, EC or Ed25519), without a password.");
    static final ValueKey<InetSocketAddress> LISTEN = KEYS.value(
            "listen",
            "127.0.0.1:" + PORT,
            AddressFormats.socket(PORT).withExamples("[::]:" + PORT, "127.0.0.1:" + PORT),
            RESTART,
            "Where it answers over TLS. An address that other hosts can reach needs `admin.allow-remote`.");
    static final ValueKey<Optional<Path>> TOKEN_FILE = KEYS.value(
            "token-file",
            "none",
            FileFormats.orNone("/etc/nat64/admin.token"),
            RESTART,
            "File with a token of 32 characters or more, which other users of the host can't read. Who sends it over TLS"
                    + " may use all commands, as through the socket; without it, TLS is for reading. A new token counts"
                    + " a few seconds after the file has changed.");

    private AdminTlsKeys() {}
}
