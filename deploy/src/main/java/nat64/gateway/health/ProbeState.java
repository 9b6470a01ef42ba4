// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known by a probe so far. It fails after two tries in a row, and passes again after one.
 *
 * @param name of the probe: a label of metrics
 * @param last what the last try has found; nothing before the first one
 * @param nanoTime when that was, by {@link System#nanoTime}
 * @param failures tries in a row that failed
 * @param hasPassed whether a try ever passed
 */
public record ProbeState(String name, Optional<Finding> last, long nanoTime, int failures, boolean hasPassed) {

    private static final int MOST_FAILURES = 2;

    /** Before the first try. */
    static ProbeState unknown(String name, long nanoTime) {
        return new ProbeState(name, Optional.empty(), nanoTime, 0, false);
    }

    /** After one more try. */
    ProbeState after(Finding finding, long now) {
        boolean passes = finding instanceof Finding.Passed;
        return new ProbeState(name, Optional.of(finding), now, passes ? 0 : failures + 1, hasPassed || passes);
    }

    /** Whether it has failed twice in a row; a single failure may be a lost packet. */
    public boolean fails() {
        return failures >= MOST_FAILURES;
    }

    /** Why clients are not served yet, or no longer. */
    public Optional<String> missing() {
        if (hasPassed && !fails()) {
            return Optional.empty();
        }
        return last.map(finding -> switch (finding) {
                    case Finding.Failed(var why, var _) -> why;
                    case Finding.Passed _ -> throw new IllegalStateException("a try that passed is no failure");
                })
                .or(() -> Optional.of("the probe of " + name + " has not come back yet"));
    }

    /** Whether it has failed so often, without anything outside of this process that explains it. */
    boolean isMystery(int tries) {
        return hasPassed
                && failures >= tries
                && last.orElseThrow() instanceof Finding.Failed(var _, var mystery)
                && mystery;
    }

    /** How long the answer took, if the last try passed and there was one. */
    public Optional<Duration> roundTrip() {
        return last.filter(Finding.Passed.class::isInstance)
                .map(finding -> ((Finding.Passed) finding).roundTrip())
                .filter(Duration::isPositive);
    }
}
