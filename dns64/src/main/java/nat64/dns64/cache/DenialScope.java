// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.util.Set;
import nat64.dns64.message.Outcome;
import nat64.dns64.settings.NxDomainCut;
import org.xbill.DNS.Name;

/**
 * For which names below it the denial of a name speaks (RFC 8020, section 2). A zone that has upstreams of its own is
 * not denied by what other upstreams say about names above it. Immutable.
 *
 * @param cut which denials speak for names below at all
 * @param zones those with upstreams of their own, in lower case
 */
public record DenialScope(NxDomainCut cut, Set<Name> zones) {

    /** Every denial speaks for all names below. */
    public static final DenialScope ALL = new DenialScope(NxDomainCut.ALL, Set.of());

    public DenialScope {
        zones = Set.copyOf(zones);
    }

    /** Whether denials above this name don't speak for it. */
    boolean endsAt(Name name) {
        return !zones.isEmpty() && zones.contains(name);
    }

    boolean includes(Outcome.Answered denial) {
        return cut == NxDomainCut.ALL
                || (cut == NxDomainCut.SECURE && denial.sections().secure());
    }
}
