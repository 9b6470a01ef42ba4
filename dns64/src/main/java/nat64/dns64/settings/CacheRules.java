// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;

/**
 * What the cache may make of answers.
 *
 * @param nxDomainCut which denials of a name also speak for the names below it
 * @param uncached forwarded zones whose answers are not cached
 */
public record CacheRules(NxDomainCut nxDomainCut, Set<Name> uncached) {

    public static final CacheRules DEFAULT = new CacheRules(NxDomainCut.ALL, Set.of());

    public CacheRules {
        uncached = uncached.stream().map(Name::canonicalize).collect(Collectors.toUnmodifiableSet());
    }
}
