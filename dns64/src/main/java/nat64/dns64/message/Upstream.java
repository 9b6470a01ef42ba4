// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import java.util.concurrent.CompletionStage;

/** Answers questions. Safe for many threads. */
public interface Upstream {

    /**
     * Asks without blocking. The stage never fails: what goes wrong is an {@link Outcome} too.
     *
     * @param deadlineNanos when the outcome must be there, on the clock that the upstream was made with
     */
    CompletionStage<Outcome> ask(Question question, long deadlineNanos);
}
