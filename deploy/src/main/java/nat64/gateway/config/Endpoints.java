// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses with ports.
 *
 * @param auto whether those that the host tells are meant, too
 */
public record Endpoints(boolean auto, List<InetSocketAddress> given) {

    static final Endpoints NONE = new Endpoints(false, List.of());

    public Endpoints {
        given = List.copyOf(given);
    }

    /** All addresses, those behind {@code auto} included, each once. */
    public List<InetSocketAddress> resolve(List<InetSocketAddress> automatic) {
        return auto
                ? Stream.concat(automatic.stream(), given.stream()).distinct().toList()
                : given;
    }

    Endpoints plus(Endpoints other) {
        return new Endpoints(
                auto || other.auto,
                Stream.concat(given.stream(), other.given.stream()).distinct().toList());
    }
}
