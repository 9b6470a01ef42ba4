// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Predicate;
import nat64.dns64.settings.TlsSettings;
import nat64.dns64.settings.UpstreamServer;

/** Where a server listens; an upstream at such a place would be the server itself (RFC 1035, section 7.1). */
final class OwnSockets {

    private final Dns64Settings settings;
    private final Predicate<InetAddress> ofThisHost;

    /**
     * @param ofThisHost whether an address is one of the host, so that a wildcard listens there, too
     */
    OwnSockets(Dns64Settings settings, Predicate<InetAddress> ofThisHost) {
        this.settings = settings;
        this.ofThisHost = ofThisHost;
    }

    /**
     * Refuses settings by which the server would ask itself.
     *
     * @throws IllegalArgumentException if the settings say so; it names the upstream
     */
    void refuseAsUpstreams() {
        for (var upstream : settings.upstreams().all()) {
            for (var own : listening(upstream.protocol())) {
                if (isAt(upstream.address(), own)) {
                    throw new IllegalArgumentException(
                            "questions to %s would come back: the DNS64 listens there, as %s; name another resolver"
                                    .formatted(upstream, NetUtil.toSocketAddressString(own)));
                }
            }
        }
    }

    /** Whether this host has the address; loopback is there in any case. */
    static boolean isOfThisHost(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false; // then the loop is noticed when it runs
        }
    }

    private List<InetSocketAddress> listening(UpstreamServer.Protocol protocol) {
        var tls = settings.serving().tls();
        return switch (protocol) {
            case PLAIN, TCP -> settings.listen();
            case TLS -> tls.map(TlsSettings::listen).orElse(List.of());
            case HTTPS -> tls.map(TlsSettings::https).orElse(List.of());
        };
    }

    private boolean isAt(InetSocketAddress upstream, InetSocketAddress own) {
        return upstream.getPort() == own.getPort()
                && (upstream.getAddress().equals(own.getAddress())
                        || (covers(own.getAddress(), upstream.getAddress()) && ofThisHost.test(upstream.getAddress())));
    }

    /** {@code ::} includes IPv4. */
    private static boolean covers(InetAddress wildcard, InetAddress address) {
        return wildcard.isAnyLocalAddress()
                && !(wildcard instanceof Inet4Address && !(address instanceof Inet4Address));
    }
}
