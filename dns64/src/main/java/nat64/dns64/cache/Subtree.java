// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy;
import java.util.OptionalLong;
import nat64.dns64.message.Question;
import org.xbill.DNS.Name;

/** What both tables of the message cache do with a Caffeine cache by question. */
final class Subtree {

    private Subtree() {}

    /** Removes the entries of a name and of all names below it, and returns how many. */
    static int remove(Cache<Question, ?> entries, Name name) {
        var below = entries.asMap().keySet().stream()
                .filter(question -> question.name().subdomain(name))
                .toList();
        entries.invalidateAll(below);
        return below.size();
    }

    /** The weight of all entries that have not expired. */
    static long weight(Cache<Question, ?> entries) {
        entries.cleanUp();
        return entries.policy()
                .eviction()
                .map(Policy.Eviction::weightedSize)
                .orElseGet(OptionalLong::empty)
                .orElse(0);
    }
}
