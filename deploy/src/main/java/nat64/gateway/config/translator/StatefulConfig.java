// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import java.util.Optional;
import nat64.gateway.config.translator.binding.TransportAddress;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.session.fragment.FragmentLimits;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;

/**
 * What only the stateful mode has.
 *
 * @param pool4 no two ranges overlap
 * @param masquerade whether pool4 hides behind the host's own IPv4 address, unless it is that address
 * @param maxSessions sessions per protocol; where that is automatic, as many as any machine has room for
 * @param automatic what depends on the memory of the machine
 * @param lifetimes of idle sessions
 * @param policy what is let in from the IPv4 side, and what one subscriber may take
 * @param fragments how many are stored, and for how long
 * @param drained addresses of pool4 that get no new bindings; no file has any
 */
public record StatefulConfig(
        List<Pool4Range> pool4,
        boolean masquerade,
        int maxSessions,
        Automatic automatic,
        Lifetimes lifetimes,
        StatePolicy policy,
        FragmentLimits fragments,
        List<Ipv4Prefix> drained) {

    /** What {@code max-sessions: auto} is at least, and where nothing is known of the machine. */
    public static final int FEWEST_SESSIONS = 65_536;

    /** What {@code max-sessions: auto} is at most: who expects more sets a number. */
    public static final int MOST_SESSIONS = 4_000_000;

    private static final int SHARE_OF_MEMORY = 16;

    /** What a session may take with its tables for three protocols and the count of its subscriber, rounded up. */
    private static final int BYTES_PER_SESSION = 700;

    private static final int SHARE_OF_A_SUBSCRIBER = 4;

    /**
     * What depends on the machine.
     *
     * @param maxSessions whether the number of sessions depends on its memory
     * @param subscriberSessions whether the limit of a subscriber depends on the number of sessions
     * @param ownPorts which ports of the host's own IPv4 address pool4 is, if it has one; else pool4 stays as it is
     */
    public record Automatic(boolean maxSessions, boolean subscriberSessions, Optional<PortRange> ownPorts) {}

    public StatefulConfig {
        pool4 = List.copyOf(pool4);
        drained = List.copyOf(drained);
        if (automatic.subscriberSessions) {
            policy = policy.with(withShare(policy.limits(), maxSessions));
        }
    }

    /** The number of sessions for a machine with so much memory, where it is automatic. */
    public int sessionsFor(long memoryBytes) {
        if (!automatic.maxSessions) {
            return maxSessions;
        }
        return Math.clamp(memoryBytes / SHARE_OF_MEMORY / BYTES_PER_SESSION, FEWEST_SESSIONS, MOST_SESSIONS);
    }

    /** The same with another number of sessions, and what depends on it. */
    public StatefulConfig with(int sessions) {
        return new StatefulConfig(pool4, masquerade, sessions, automatic, lifetimes, policy, fragments, drained);
    }

    /** The same with another pool4. */
    public StatefulConfig with(List<Pool4Range> otherPool4) {
        return new StatefulConfig(
                otherPool4, masquerade, maxSessions, automatic, lifetimes, policy, fragments, drained);
    }

    /** The policy, with an address of pool4 in each static binding. */
    public StatePolicy boundPolicy() {
        int first = pool4.getFirst().prefix().address();
        return policy.withBindings(policy.staticBindings().stream()
                .map(binding -> binding.ipv4() == TransportAddress.FIRST_OF_POOL4 ? binding.at(first) : binding)
                .toList());
    }

    /** Whether a static binding names an address of its own, so that pool4 can't be another one. */
    public boolean bindsGivenAddresses() {
        return policy.staticBindings().stream().anyMatch(binding -> binding.ipv4() != TransportAddress.FIRST_OF_POOL4);
    }

    /** The same with another policy. */
    public StatefulConfig with(StatePolicy otherPolicy) {
        return new StatefulConfig(
                pool4, masquerade, maxSessions, automatic, lifetimes, otherPolicy, fragments, drained);
    }

    /** The same with other addresses of pool4 that get no new bindings. */
    public StatefulConfig draining(List<Ipv4Prefix> addresses) {
        return new StatefulConfig(pool4, masquerade, maxSessions, automatic, lifetimes, policy, fragments, addresses);
    }

    private static SubscriberLimits withShare(SubscriberLimits limits, int sessions) {
        return new SubscriberLimits(
                limits.prefixLength(),
                Math.ceilDiv(sessions, SHARE_OF_A_SUBSCRIBER),
                limits.ports(),
                limits.sessionsPerSecond(),
                limits.addressShare());
    }
}
