// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.HashMap;
import java.util.Map;
import org.xbill.DNS.Name;

/**
 * Which domain has which mode: of all that a name is in, the longest counts. Names in no domain are synthesized.
 *
 * @param modes by domain; the root stands for all names
 */
public record DomainModes(Map<Name, DomainMode> modes) {

    /** Names of Kubernetes clusters, where a service without IPv6 has no address behind a NAT64 either. */
    public static final Map<Name, DomainMode> BUILT_IN =
            Map.of(Name.fromConstantString("cluster.local."), DomainMode.NEVER);

    public static final DomainModes DEFAULT = new DomainModes(BUILT_IN);

    private static final int FEW = 8;
    private static final Match NONE = new Match(Name.root, DomainMode.SYNTHESIZE);

    public DomainModes {
        modes = Map.copyOf(modes);
    }

    /** A domain and its mode. */
    public record Match(Name domain, DomainMode mode) {}

    /** The built-in modes, changed by others. */
    public static DomainModes of(Map<Name, DomainMode> others) {
        var all = new HashMap<>(BUILT_IN);
        all.putAll(others);
        return new DomainModes(all);
    }

    /** The longest domain that the name is in. */
    public Match of(Name name) {
        return modes.size() <= FEW ? ofFew(name) : ofMany(name);
    }

    /** As most are: to look at each costs less than to cut the name. */
    private Match ofFew(Name name) {
        var match = NONE;
        for (var mode : modes.entrySet()) {
            var domain = mode.getKey();
            if (domain.labels() >= match.domain.labels() && name.subdomain(domain)) {
                match = new Match(domain, mode.getValue());
            }
        }
        return match;
    }

    private Match ofMany(Name name) {
        for (int cut = 0; cut < name.labels(); cut++) {
            var domain = new Name(name, cut);
            var mode = modes.get(domain);
            if (mode != null) {
                return new Match(domain, mode);
            }
        }
        return NONE;
    }
}
