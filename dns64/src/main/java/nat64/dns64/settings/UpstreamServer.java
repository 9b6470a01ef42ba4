// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/**
 * A resolver that questions are forwarded to, and how.
 *
 * @param name the name that its certificate must have: a host name, or empty for the address itself; always empty
 *     without TLS
 * @param path of the URI that takes queries (RFC 8484, section 4.1); empty but for {@link Protocol#HTTPS}
 */
public record UpstreamServer(Protocol protocol, InetSocketAddress address, String name, String path) {

    /** How questions travel. */
    public enum Protocol {
        /** UDP, and TCP where that does not do (RFC 1035, section 4.2). */
        PLAIN,
        /** DNS over TLS (RFC 7858). */
        TLS,
        /** DNS over HTTPS (RFC 8484), by HTTP/2. */
        HTTPS
    }

    public UpstreamServer {
        require(!address.isUnresolved(), "an upstream is an IP address, not a name: " + address);
        require(address.getPort() != 0, "an upstream needs a port: " + address);
        require(protocol != Protocol.PLAIN || name.isEmpty(), "without TLS there is no certificate with a name");
        require((protocol == Protocol.HTTPS) == path.startsWith("/"), "HTTPS alone needs a path, and needs one");
    }

    public static UpstreamServer plain(InetSocketAddress address) {
        return new UpstreamServer(Protocol.PLAIN, address, "", "");
    }

    public static UpstreamServer tls(InetSocketAddress address, String name) {
        return new UpstreamServer(Protocol.TLS, address, name, "");
    }

    public static UpstreamServer https(InetSocketAddress address, String name, String path) {
        return new UpstreamServer(Protocol.HTTPS, address, name, path);
    }

    /** Whether its answers cannot be changed on the way: over TLS, or within this host. */
    public boolean isReachedSafely() {
        return protocol != Protocol.PLAIN || address.getAddress().isLoopbackAddress();
    }

    /** As it is configured: {@code 192.0.2.1:53}, {@code tls://192.0.2.1:853#dns.example}. */
    @Override
    public String toString() {
        var socket = NetUtil.toSocketAddressString(address);
        var identity = name.isEmpty() ? "" : "#" + name;
        return switch (protocol) {
            case PLAIN -> socket;
            case TLS -> "tls://" + socket + identity;
            case HTTPS -> "https://" + socket + path + identity;
        };
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
