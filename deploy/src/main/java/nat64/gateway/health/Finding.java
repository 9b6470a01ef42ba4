// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import java.time.Duration;

/** What one try of a probe has found. */
public sealed interface Finding {

    /**
     * It worked.
     *
     * @param roundTrip from the question to the answer; zero where nothing is asked
     */
    record Passed(Duration roundTrip) implements Finding {}

    /**
     * It did not.
     *
     * @param why a sentence, without a full stop
     * @param isMystery whether nothing outside of this process explains it, so that a restart may help
     */
    record Failed(String why, boolean isMystery) implements Finding {}
}
