// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import nat64.dns64.settings.UpstreamServer;

/**
 * How the certificates of upstreams are checked: against the authorities that the host trusts, or those of a file, and
 * the name or address that is configured (RFC 8310, section 8.1). It is never skipped. Safe for many threads.
 */
public final class TlsTrust {

    private static final long HANDSHAKE_SECONDS = 2;

    private final Map<UpstreamServer.Protocol, SslContext> contexts = new EnumMap<>(UpstreamServer.Protocol.class);

    /**
     * @param servers that are asked
     * @param authorities a PEM file, instead of what the host trusts
     * @throws IllegalArgumentException if the file can't be used; the message names it
     */
    public TlsTrust(List<UpstreamServer> servers, Optional<Path> authorities) {
        for (var server : servers) {
            if (server.isEncrypted()) {
                contexts.computeIfAbsent(server.protocol(), protocol -> context(protocol, authorities));
            }
        }
    }

    /** What a connection to that server begins with. */
    SslHandler handler(UpstreamServer server, Channel connection) {
        var context = contexts.get(server.protocol());
        if (context == null) {
            throw new IllegalArgumentException(server + " is not one of the configured servers");
        }
        var address = server.address();
        var name = server.name().isEmpty() ? address.getAddress().getHostAddress() : server.name();
        var handler = context.newHandler(connection.alloc(), name, address.getPort());
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        return handler;
    }

    private static SslContext context(UpstreamServer.Protocol protocol, Optional<Path> authorities) {
        var builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm("HTTPS")
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        protocol == UpstreamServer.Protocol.HTTPS ? "h2" : "dot"));
        try {
            authorities.ifPresent(file -> builder.trustManager(file.toFile()));
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    authorities
                                    .map(file -> file + " holds no certificates that could be used: ")
                                    .orElse("no TLS: ")
                            + e.getMessage(),
                    e);
        }
    }
}
