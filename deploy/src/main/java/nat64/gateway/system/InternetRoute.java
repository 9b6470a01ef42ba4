// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import nat64.gateway.json.Json;

/**
 * How the host reaches the IPv4 Internet.
 *
 * @param device the link
 * @param source the IPv4 address that the host uses there; empty if it has none
 */
public record InternetRoute(String device, String source) {

    /** An address that no route but one to the Internet leads to (a.root-servers.net). Nothing is sent to it. */
    public static final String DESTINATION = "198.41.0.4";

    /**
     * The route that the kernel prefers, if there is one. The kernel looks it up: a list of all routes may have a
     * million of them.
     *
     * @throws HostException if the host can't be asked
     */
    public static Optional<InternetRoute> ofThisHost() throws HostException {
        var result = Commands.attempt(List.of("ip", "-json", "-4", "route", "get", DESTINATION), Commands.TIMEOUT);
        try {
            return result.isSuccess() ? of(Json.parse(result.output())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new HostException("ip -json route get: " + e.getMessage(), e);
        }
    }

    /** What {@code ip -json route get} prints. */
    static Optional<InternetRoute> of(JsonNode printed) {
        var route = printed.path(0);
        var device = route.path("dev").asText();
        return device.isEmpty()
                ? Optional.empty()
                : Optional.of(new InternetRoute(device, route.path("prefsrc").asText()));
    }
}
