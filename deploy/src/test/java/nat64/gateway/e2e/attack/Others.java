// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.gateway.e2e.Beds;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;

/** What others than the attacker get: tries of theirs before, during and after an attack. The figures are printed. */
final class Others {

    private static final int TRIES = 20;
    private static final double MOST_LOST = 0.05;

    private final String attack;
    private final Namespace host;
    private final String line;
    private final StringBuilder report = new StringBuilder();

    /**
     * @param attack as the report names it
     * @param line of bash, a try; {@code $i} is its number, and different for each try
     */
    Others(String attack, Namespace host, String line) {
        this.attack = attack;
        this.host = host;
        this.line = line;
    }

    /** Tries some times, of which hardly any may fail. */
    void succeed(String phase) throws HostException {
        var result = tried(phase);
        assertThat(result.succeeded)
                .as("%s: tries of others that succeed %s", attack, phase)
                .isGreaterThanOrEqualTo((int) Math.ceil(TRIES * (1 - MOST_LOST)));
    }

    /** Prints all phases in one line. */
    void print() {
        System.out.println("attack: " + attack + ": success of others" + report);
    }

    private record Result(int succeeded, long medianMillis) {}

    private Result tried(String phase) throws HostException {
        var output = Beds.run(host, """
                for n in {1..%d}; do i=%s$n; t=$(date +%%s%%N)
                if %s; then echo $(( ($(date +%%s%%N) - t) / 1000000 )); else echo failed; fi; done 2>/dev/null
                """.formatted(TRIES, phase.charAt(0), line));
        List<Long> millis = output.lines()
                .filter(text -> !text.equals("failed"))
                .map(Long::valueOf)
                .sorted()
                .toList();
        var result = new Result(millis.size(), millis.isEmpty() ? 0 : millis.get(millis.size() / 2));
        report.append(", %s %d/%d (median %d ms)".formatted(phase, result.succeeded, TRIES, result.medianMillis));
        return result;
    }
}
