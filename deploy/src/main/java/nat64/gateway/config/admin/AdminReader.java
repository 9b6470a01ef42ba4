// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.admin;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nat64.gateway.config.common.OwnAddressChecks;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;

/** Reads the section {@code admin}. */
public final class AdminReader {

    private final Reading reading;
    private final OwnAddressChecks ownAddresses;

    public AdminReader(Reading reading, OwnAddressChecks ownAddresses) {
        this.reading = reading;
        this.ownAddresses = ownAddresses;
    }

    /** What the section says. */
    public AdminConfig read(Section admin) {
        var enabled = admin.value(AdminKeys.ENABLED);
        var listen = admin.value(AdminKeys.LISTEN);
        ownAddresses.check(listen.with(listen.value().getAddress()));
        var allowRemote = admin.value(AdminKeys.ALLOW_REMOTE);
        checkRemote(listen, allowRemote.value(), enabled.value(), AdminKeys.PORT);
        return new AdminConfig(
                enabled.value(),
                listen.value(),
                allowRemote.value(),
                admin.value(AdminKeys.SOCKET).value(),
                access(admin),
                probes(admin.value(AdminKeys.PROBES), listen),
                tls(admin, listen, allowRemote.value(), enabled.value()),
                admin.value(AdminKeys.LAMEDUCK).value());
    }

    private void checkRemote(Located<InetSocketAddress> listen, boolean isAllowed, boolean isUsed, int port) {
        if (listen.value().getAddress().isLoopbackAddress()) {
            return;
        }
        if (!isAllowed) {
            reading.error(
                    listen,
                    "other hosts could read it, and there is no password; write 127.0.0.1:" + port
                            + ", or set admin.allow-remote: true");
        } else if (isUsed) {
            reading.warn(
                    listen,
                    "every host that reaches this address can read metrics and statistics; restrict access with a"
                            + " firewall");
        }
    }

    private Optional<AdminTls> tls(
            Section admin, Located<InetSocketAddress> plain, boolean isRemoteAllowed, boolean isUsed) {
        var tls = admin.section(AdminTlsKeys.KEYS);
        var certificate = tls.value(AdminTlsKeys.CERTIFICATE);
        var key = tls.value(AdminTlsKeys.KEY);
        var listen = tls.value(AdminTlsKeys.LISTEN);
        var token = tls.value(AdminTlsKeys.TOKEN_FILE);
        if (certificate.value().isEmpty() || key.value().isEmpty()) {
            needBoth(certificate, key, List.of(listen, token));
            return Optional.empty();
        }
        ownAddresses.check(listen.with(listen.value().getAddress()));
        checkRemote(listen, isRemoteAllowed, isUsed, AdminTlsKeys.PORT);
        if (listen.value().equals(plain.value())) {
            reading.error(listen, "is the address of admin.listen, too; give one of the two another port");
        }
        return Optional.of(new AdminTls(
                listen.value(), certificate.value().get(), key.value().get(), token.value()));
    }

    private void needBoth(
            Located<Optional<Path>> certificate, Located<Optional<Path>> key, List<? extends Located<?>> others) {
        if (certificate.value().isPresent()) {
            reading.error(certificate, "needs its key; also set admin.tls.key");
        } else if (key.value().isPresent()) {
            reading.error(key, "needs its certificate; also set admin.tls.certificate");
        } else {
            others.stream()
                    .filter(located -> !located.isDefault())
                    .findFirst()
                    .ifPresent(located ->
                            reading.error(located, "needs a certificate; set admin.tls.certificate and admin.tls.key"));
        }
    }

    private SocketAccess access(Section admin) {
        var mode = admin.value(AdminKeys.SOCKET_MODE);
        var access = new SocketAccess(admin.value(AdminKeys.SOCKET_GROUP).value(), mode.value());
        if (access.isOpenToAll()) {
            reading.warn(
                    mode,
                    "every user and program of this host can change what the gateway does; write \"0660\" and name a"
                            + " group in admin.socket-group");
        }
        return access;
    }

    private Optional<InetSocketAddress> probes(
            Located<Optional<InetSocketAddress>> probes, Located<InetSocketAddress> listen) {
        var address = probes.value();
        address.ifPresent(own -> ownAddresses.check(probes.with(own.getAddress())));
        if (address.equals(Optional.of(listen.value()))) {
            reading.error(probes, "is the address of admin.listen, too; give one of the two another port");
        }
        return address;
    }
}
