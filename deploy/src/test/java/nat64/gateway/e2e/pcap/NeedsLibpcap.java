// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.pcap;

import java.util.Optional;
import java.util.stream.Stream;
import nat64.gateway.system.Commands;
import nat64.gateway.testbed.TestBed;
import nat64.translator.device.pcap.Libpcap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test class where no bed without a TUN device can be built, and says why. */
public final class NeedsLibpcap implements ExecutionCondition {

    private static final Optional<String> OBSTACLE = TestBed.obstacleWithoutTun()
            .or(Libpcap::obstacle)
            .or(() -> Stream.of("ethtool", "dumpcap", "tshark")
                    .filter(tool -> Commands.locate(tool).isEmpty())
                    .map(tool -> tool + " is missing; deploy/setup installs it")
                    .findFirst());

    static {
        OBSTACLE.ifPresent(reason -> System.err.println("The tests of pcap ports are skipped: " + reason));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return OBSTACLE.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("a bed without a TUN device can be built"));
    }
}
