// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.util.OptionalInt;
import nat64.translator.address.Ipv4Address;

/**
 * An IPv4-only server.
 *
 * @param host an IPv4 address, or a name with A records
 * @param port of TCP
 */
public record Target(String host, int port) {

    /** HTTPS. */
    private static final int DEFAULT_PORT = 443;

    private static final int LARGEST_PORT = 65_535;

    /**
     * Reads {@code HOST} or {@code HOST:PORT}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Target parse(String text) {
        int colon = text.indexOf(':');
        if (colon != text.lastIndexOf(':')) {
            throw new IllegalArgumentException(
                    "'%s' is not an IPv4 address or a name; the target is reached through the NAT64".formatted(text));
        }
        var host = colon < 0 ? text : text.substring(0, colon);
        if (host.isEmpty()) {
            throw new IllegalArgumentException("'%s' has no host; write HOST or HOST:PORT".formatted(text));
        }
        return new Target(host, colon < 0 ? DEFAULT_PORT : port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= LARGEST_PORT) {
                return port;
            }
        }
        throw new IllegalArgumentException("'%s' is not a port from 1 to 65535".formatted(text));
    }

    /** The IPv4 address, as {@code int}, if the host is one. */
    OptionalInt literal() {
        try {
            return OptionalInt.of(Ipv4Address.parse(host));
        } catch (IllegalArgumentException _) {
            return OptionalInt.empty();
        }
    }

    /** Whether the host is an IPv4 address. */
    public boolean isLiteral() {
        return literal().isPresent();
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
