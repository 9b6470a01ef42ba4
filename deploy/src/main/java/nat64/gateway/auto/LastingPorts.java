// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells ports of servers from those that a resolver on this host opens for one question: the latter are gone at the
 * next look but one. Any thread may use it.
 */
final class LastingPorts {

    private static final long LASTING = Duration.ofSeconds(10).toNanos();

    private final Map<Integer, Long> since = new HashMap<>();
    private boolean hasLooked;

    /**
     * Those of the ports that have been in use for 10 s; at the first look all.
     *
     * @param inUse now
     * @param now in nanoseconds, from any beginning
     */
    synchronized List<Integer> of(Collection<Integer> inUse, long now) {
        since.keySet().retainAll(inUse);
        inUse.forEach(port -> since.putIfAbsent(port, hasLooked ? now : now - LASTING));
        hasLooked = true;
        return inUse.stream()
                .filter(port -> now - since.getOrDefault(port, now) >= LASTING)
                .sorted()
                .toList();
    }
}
