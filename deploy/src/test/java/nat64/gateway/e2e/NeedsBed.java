// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import java.util.Optional;
import java.util.stream.Stream;
import nat64.gateway.system.Commands;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test class where no bed can be built, and says why. */
public final class NeedsBed implements ExecutionCondition {

    private static final Optional<String> OBSTACLE = TestBed.obstacle()
            .or(() -> Stream.of("ethtool", "dumpcap", "tshark", "traceroute", "mtr")
                    .filter(tool -> Commands.locate(tool).isEmpty())
                    .map(tool -> tool + " is missing; deploy/setup installs it")
                    .findFirst());

    static {
        OBSTACLE.ifPresent(reason -> System.err.println("The end-to-end tests are skipped: " + reason));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return OBSTACLE.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("a bed can be built"));
    }
}
