// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.packages;

import java.util.Optional;
import java.util.stream.Stream;
import nat64.gateway.system.Commands;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test class where no package can be made and installed, and says why. */
final class NeedsPackaging implements ExecutionCondition {

    private static final Optional<String> OBSTACLE = TestBed.obstacle()
            .or(() -> Stream.of("dpkg-deb", "asciidoctor", "mmdebstrap", "podman", "crun", "zsh", "fish")
                    .filter(tool -> Commands.locate(tool).isEmpty())
                    .map(tool -> tool + " is missing; deploy/setup installs it")
                    .findFirst());

    static {
        OBSTACLE.ifPresent(reason -> System.err.println("The tests of packages are skipped: " + reason));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return OBSTACLE.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("packages can be made"));
    }
}
