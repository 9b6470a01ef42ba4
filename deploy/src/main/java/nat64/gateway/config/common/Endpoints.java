// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import nat64.gateway.config.file.Located;
import nat64.translator.address.Ipv6Address;

/**
 * Addresses with ports.
 *
 * @param auto whether those that the host has are meant, too
 */
public record Endpoints(boolean auto, List<InetSocketAddress> given) {

    public static final Endpoints NONE = new Endpoints(false, List.of());

    public Endpoints {
        given = List.copyOf(given);
    }

    /** All addresses, those behind {@code auto} included, each once. */
    public List<InetSocketAddress> resolve(List<InetSocketAddress> automatic) {
        return auto
                ? Stream.concat(automatic.stream(), given.stream()).distinct().toList()
                : given;
    }

    /** An address as RFC 5952 writes it, in brackets where a port follows an IPv6 address. */
    public static String text(InetSocketAddress endpoint) {
        var host = text(endpoint.getAddress());
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + endpoint.getPort();
    }

    public static String text(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        var zone = address.getHostAddress().indexOf('%');
        return Ipv6Address.ofBytes(address.getAddress())
                + (zone < 0 ? "" : address.getHostAddress().substring(zone));
    }

    /** All of a list together, each once. */
    public static Endpoints all(List<Located<Endpoints>> endpoints) {
        return new Endpoints(
                endpoints.stream().anyMatch(located -> located.value().auto),
                endpoints.stream()
                        .flatMap(located -> located.value().given.stream())
                        .distinct()
                        .toList());
    }
}
