// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import java.util.concurrent.atomic.LongAdder;
import nat64.dns64.message.Outcome;

/** Counts of what became of the questions to one server. Safe for many threads. */
public final class ServerCounters {

    private final LongAdder queries = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAdder mismatches = new LongAdder();
    private final LongAdder overTcp = new LongAdder();
    private final LongAdder connections = new LongAdder();

    public void asked() {
        queries.increment();
    }

    public void ended(Outcome outcome) {
        switch (outcome) {
            case Outcome.Timeout _ -> timeouts.increment();
            case Outcome.Failure _, Outcome.Bogus _ -> failures.increment();
            case Outcome.Answered _ -> {}
        }
    }

    /** A message came that answers no question. */
    void mismatched() {
        mismatches.increment();
    }

    /** A question went on over TCP. */
    public void wentOverTcp() {
        overTcp.increment();
    }

    void connected() {
        connections.increment();
    }

    public long queries() {
        return queries.sum();
    }

    public long failures() {
        return failures.sum();
    }

    public long timeouts() {
        return timeouts.sum();
    }

    public long mismatches() {
        return mismatches.sum();
    }

    public long overTcp() {
        return overTcp.sum();
    }

    public long connections() {
        return connections.sum();
    }
}
