// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An admin server that answers over TLS.
 *
 * @param host a name of its certificate, or an address; of IPv6 without brackets
 * @param authorities a PEM file with the certificates that its own may lead to; without it, those that the JDK trusts
 * @param token what opens all of its pages and actions; no message contains it
 */
public record RemoteServer(String host, int port, Optional<Path> authorities, Optional<String> token) {

    private static final int PORT = 6466;

    /**
     * The server of a URL, such as {@code https://gateway.example.org:6466}.
     *
     * @throws IllegalArgumentException if it is another kind of URL; the message says what would be right
     */
    public static RemoteServer of(String url, Optional<Path> authorities, Optional<String> token) {
        try {
            var uri = new URI(url);
            var path = uri.getRawPath();
            boolean isServer = "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && (path == null || path.isEmpty() || path.equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (isServer) {
                var host = uri.getHost().replaceAll("^\\[|]$", "");
                return new RemoteServer(host, uri.getPort() < 0 ? PORT : uri.getPort(), authorities, token);
            }
        } catch (URISyntaxException e) {
            throw refusal(url);
        }
        throw refusal(url);
    }

    private static IllegalArgumentException refusal(String url) {
        return new IllegalArgumentException(
                "'%s' is not the URL of an admin server; write for example https://gateway.example.org:6466"
                        .formatted(url));
    }

    /** As a URL, and a Host header, has it. */
    public String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return "https://" + authority();
    }
}
