// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import nat64.dns64.cache.DenialScope;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;

/**
 * What is known without asking an upstream: all that a client without the RD bit may learn (RFC 1035, section 4.1.1).
 * Unlike other upstreams, its stage fails where nothing is known, for "unknown" is no outcome that anything may be made
 * from.
 */
public record CachedOnly(MessageCache cache, DenialScope scope) implements Upstream {

    /** Nothing is known about some question. */
    static final class Unknown extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Unknown() {
            super("not in the cache", null, false, false); // expected, so it needs no stack trace
        }
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        var known = cache.find(question, scope);
        return known == null ? CompletableFuture.failedStage(new Unknown()) : CompletableFuture.completedStage(known);
    }
}
