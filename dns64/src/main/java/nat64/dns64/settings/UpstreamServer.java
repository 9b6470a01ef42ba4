// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Objects;

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
        /** TCP alone (RFC 7766). */
        TCP,
        /** DNS over TLS (RFC 7858). */
        TLS,
        /** DNS over HTTPS (RFC 8484), by HTTP/2. */
        HTTPS
    }

    public UpstreamServer {
        require(!address.isUnresolved(), "an upstream is an IP address, not a name: " + address);
        require(address.getPort() != 0, "an upstream needs a port: " + address);
        require(isEncrypted(protocol) || name.isEmpty(), "without TLS there is no certificate with a name");
        require(
                !address.getAddress().isLinkLocalAddress()
                        || !(address.getAddress() instanceof Inet6Address link)
                        || link.getScopeId() != 0,
                "a link-local address needs an interface, such as fe80::1%eth0: " + address);
        require((protocol == Protocol.HTTPS) == path.startsWith("/"), "HTTPS alone needs a path, and needs one");
    }

    public static UpstreamServer plain(InetSocketAddress address) {
        return new UpstreamServer(Protocol.PLAIN, address, "", "");
    }

    public static UpstreamServer tcp(InetSocketAddress address) {
        return new UpstreamServer(Protocol.TCP, address, "", "");
    }

    public static UpstreamServer tls(InetSocketAddress address, String name) {
        return new UpstreamServer(Protocol.TLS, address, name, "");
    }

    public static UpstreamServer https(InetSocketAddress address, String name, String path) {
        return new UpstreamServer(Protocol.HTTPS, address, name, path);
    }

    /** Whether its answers cannot be changed on the way: over TLS, or within this host. */
    public boolean isReachedSafely() {
        return isEncrypted() || address.getAddress().isLoopbackAddress();
    }

    /** Whether it is asked over TLS, be it inside of HTTPS. */
    public boolean isEncrypted() {
        return isEncrypted(protocol);
    }

    private static boolean isEncrypted(Protocol protocol) {
        return protocol == Protocol.TLS || protocol == Protocol.HTTPS;
    }

    /** The same link-local address on another interface is another server, which addresses of the JDK don't tell. */
    @Override
    public boolean equals(Object other) {
        return other instanceof UpstreamServer server
                && protocol == server.protocol
                && address.equals(server.address)
                && scope(address) == scope(server.address)
                && name.equals(server.name)
                && path.equals(server.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(protocol, address, name, path);
    }

    private static int scope(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
    }

    /** As it is configured: {@code 192.0.2.1:53}, {@code tls://192.0.2.1:853#dns.example}. */
    @Override
    public String toString() {
        var socket = socket();
        var identity = name.isEmpty() ? "" : "#" + name;
        return switch (protocol) {
            case PLAIN -> socket;
            case TCP -> "tcp://" + socket;
            case TLS -> "tls://" + socket + identity;
            case HTTPS -> "https://" + socket + path + identity;
        };
    }

    private String socket() {
        var text = NetUtil.toSocketAddressString(address);
        var host = address.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        return zone < 0 || text.indexOf('%') >= 0 ? text : text.replace("]", host.substring(zone) + "]");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
