// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import nat64.gateway.json.Json;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Address;

/**
 * The link by which the host reaches the IPv4 Internet, and the address that it uses there.
 *
 * @param address as {@code int}
 */
record Uplink(String device, int address) {

    /** An address that no route but one to the Internet leads to (a.root-servers.net). Nothing is sent to it. */
    private static final String INTERNET = "198.41.0.4";

    /**
     * That of this host, if it has one. The kernel looks the route up: a list of all routes may have a million of them.
     *
     * @param except a device that is not an uplink: the translator's
     * @throws HostException if the host can't be asked
     */
    static Optional<Uplink> ofThisHost(String except) throws HostException {
        var result = Commands.attempt(List.of("ip", "-json", "-4", "route", "get", INTERNET), Commands.TIMEOUT);
        return result.isSuccess()
                ? of(Json.parse(result.output())).filter(uplink -> !uplink.device.equals(except))
                : Optional.empty();
    }

    /** What {@code ip -json route get} prints. */
    static Optional<Uplink> of(JsonNode printed) {
        var route = printed.path(0);
        return route.has("dev") && route.has("prefsrc")
                ? Optional.of(new Uplink(
                        route.path("dev").asText(),
                        Ipv4Address.parse(route.path("prefsrc").asText())))
                : Optional.empty();
    }
}
