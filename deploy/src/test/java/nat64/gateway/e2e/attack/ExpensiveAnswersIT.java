// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import nat64.gateway.e2e.NeedsBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One client has answers made that take much processor time. */
@ExtendWith(NeedsBed.class)
@Tag("R-137")
class ExpensiveAnswersIT {

    private static final String FAILURES = "dns64_upstream_failures_total";
    private static final Duration ATTACK = Duration.ofSeconds(15);

    @Test
    void answersOfSixtyFourKibibytesDelayNobodyElse() throws Exception {
        try (var bed = DnsAttackBed.build("", "")) {
            var others = bed.askingOver("notcp", "eight hostile answers at a time");
            others.succeed("before");
            double processor = bed.processorSeconds();
            double hostile = bed.metric(FAILURES);
            var load = new Attacker.Load(Attacker.Kind.EXPENSIVE_QUERIES, bed.sourcesOfOneNetwork(1), 1, ATTACK);
            var attack = Attacker.start(bed.hosts().client(), load, DnsAttackBed.DNS, 53);
            others.succeed("during");
            attack.waitFor();
            double answers = bed.metric(FAILURES) - hostile;
            double millis = 1000 * (bed.processorSeconds() - processor) / Math.max(1, answers);
            others.succeed("after");
            others.print();
            System.out.printf(
                    "attack: %.0f hostile answers were read; %.2f ms of processor time for each, all else included%n",
                    answers, millis);

            assertThat(answers).isPositive();
        }
    }
}
