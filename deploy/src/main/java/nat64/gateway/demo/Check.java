// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.demo;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import nat64.gateway.system.Commands.Result;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;

/**
 * One thing that must work on the bed.
 *
 * @param title the claim, as a sentence
 * @param host where the command runs
 * @param command one line for {@code bash}, which a reader can repeat
 * @param patience how long it may take
 * @param telling which lines of its output show that the claim holds
 * @param holds whether it does, told by the whole output of a command that succeeded
 */
record Check(
        String title,
        Namespace host,
        String command,
        Duration patience,
        Predicate<String> telling,
        Predicate<String> holds) {

    /** What came of a check. */
    record Outcome(boolean ok, List<String> lines) {}

    Outcome carryOut() {
        Result result;
        try {
            result = host.attempt(List.of("bash", "-o", "pipefail", "-c", command), patience);
        } catch (HostException e) {
            return new Outcome(false, List.of(e.getMessage()));
        }
        boolean ok = result.isSuccess() && holds.test(result.output());
        var lines = result.output().lines().filter(line -> !line.isBlank());
        return new Outcome(ok, (ok ? lines.filter(telling) : lines).toList()); // a failure is shown whole
    }
}
