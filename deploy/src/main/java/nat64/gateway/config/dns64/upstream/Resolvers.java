// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.upstream;

import java.util.List;
import java.util.stream.Stream;
import nat64.dns64.settings.UpstreamServer;
import nat64.gateway.config.file.Located;

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

    /** All together, each once. */
    static Resolvers all(List<Located<Resolvers>> some) {
        return new Resolvers(
                some.stream().anyMatch(located -> located.value().auto),
                some.stream()
                        .flatMap(located -> located.value().given.stream())
                        .distinct()
                        .toList());
    }
}
