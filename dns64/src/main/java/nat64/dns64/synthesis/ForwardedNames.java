// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;

/**
 * Names that upstreams of their own know, because the operator forwards their zone: they are not answered here.
 *
 * @param zones in lower case
 */
public record ForwardedNames(Set<Name> zones) {

    public static final ForwardedNames NONE = new ForwardedNames(Set.of());

    public ForwardedNames {
        zones = Set.copyOf(zones);
    }

    /** Those in any forwarded zone but the root, which is no more than another way to name the upstreams. */
    static ForwardedNames in(Collection<Name> zones) {
        return new ForwardedNames(zones.stream()
                .map(Name::canonicalize)
                .filter(zone -> !zone.equals(Name.root))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Those in zones that are one of these domains, or below one. */
    ForwardedNames within(Collection<Name> domains) {
        return new ForwardedNames(zones.stream()
                .filter(zone -> domains.stream().anyMatch(zone::subdomain))
                .collect(Collectors.toUnmodifiableSet()));
    }

    boolean contain(Name name) {
        for (int cut = 0; cut < name.labels() && !zones.isEmpty(); cut++) {
            if (zones.contains(new Name(name, cut))) {
                return true;
            }
        }
        return false;
    }
}
