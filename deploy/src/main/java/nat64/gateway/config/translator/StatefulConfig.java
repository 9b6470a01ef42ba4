// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import nat64.translator.session.Lifetimes;
import nat64.translator.session.StatePolicy;
import nat64.translator.session.fragment.FragmentLimits;
import nat64.translator.session.pool4.Pool4Range;

/**
 * What only the stateful mode has.
 *
 * @param pool4 no two ranges overlap
 * @param masquerade whether pool4 hides behind the host's own IPv4 address
 * @param maxSessions sessions per protocol
 * @param lifetimes of idle sessions
 * @param policy what is let in from the IPv4 side, and what one subscriber may take
 * @param fragments how many are stored, and for how long
 */
public record StatefulConfig(
        List<Pool4Range> pool4,
        boolean masquerade,
        int maxSessions,
        Lifetimes lifetimes,
        StatePolicy policy,
        FragmentLimits fragments) {

    public StatefulConfig {
        pool4 = List.copyOf(pool4);
    }
}
