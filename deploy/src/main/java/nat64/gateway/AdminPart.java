// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import nat64.gateway.admin.AdminListeners;
import nat64.gateway.admin.AdminPages;
import nat64.gateway.admin.AdminServer;
import nat64.gateway.admin.ProbeServer;
import nat64.gateway.admin.SocketFile;
import nat64.gateway.admin.access.TlsListener;
import nat64.gateway.auto.AdminSockets;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.admin.AdminConfig;
import nat64.gateway.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server for the operator, and the one for probes. They start first and stop last, so that health can be asked
 * all the time.
 */
final class AdminPart implements Part {

    private final AdminConfig config;
    private final AdminPages pages;
    private final Metrics metrics;
    private @Nullable AdminServer server;
    private @Nullable ProbeServer probes;

    AdminPart(AdminConfig config, AdminPages pages, Metrics metrics) {
        this.config = config;
        this.metrics = metrics;
        this.pages = pages;
    }

    @Override
    public void start() throws IOException {
        if (config.probes().isPresent()) {
            probes = ProbeServer.start(config.probes().get(), pages);
        }
        if (config.enabled()) {
            server = AdminServer.start(listeners(), pages);
            metrics.addAdmin(server::statistics);
        }
    }

    private AdminListeners listeners() {
        var access = config.access();
        return new AdminListeners(
                config.listen(),
                AdminSockets.toListenOn(config.socket())
                        .map(path -> new SocketFile(path, access.group(), access.mode())),
                config.tls().map(tls -> new TlsListener(tls.listen(), tls.certificate(), tls.key(), tls.tokenFile())));
    }

    /** Every key of {@code admin} needs a restart. */
    @Override
    public void reconfigure(GatewayConfig next) {}

    @Override
    public List<String> missing() {
        return List.of();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        if (probes != null) {
            probes.close();
        }
    }

    /** Every path that it answers. */
    Set<String> paths() {
        return Objects.requireNonNull(server, "the admin server is not running").paths();
    }

    /** Where it listens, with the port that the kernel chose for 0. */
    InetSocketAddress address() {
        return Objects.requireNonNull(server, "the admin server is not running").address();
    }
}
