// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.upstream;

import java.util.List;
import java.util.stream.Stream;
import nat64.dns64.settings.UpstreamServer;

/**
 * Resolvers that are asked.
 *
 * @param auto whether those that the host has are meant, too
 */
public record Resolvers(boolean auto, List<UpstreamServer> given) {

    public static final Resolvers NONE = new Resolvers(false, List.of());

    public Resolvers {
        given = List.copyOf(given);
    }

    /** All resolvers, those behind {@code auto} included, each once. */
    public List<UpstreamServer> resolve(List<UpstreamServer> automatic) {
        return auto
                ? Stream.concat(automatic.stream(), given.stream()).distinct().toList()
                : given;
    }

    public Resolvers plus(Resolvers other) {
        return new Resolvers(
                auto || other.auto,
                Stream.concat(given.stream(), other.given.stream()).distinct().toList());
    }
}
