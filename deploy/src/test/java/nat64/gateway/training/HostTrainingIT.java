// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.Commands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code nat64 train} does where it gets a network namespace of its own. */
@ExtendWith(NeedsBed.class)
class HostTrainingIT {

    private static final String IN_OWN_NAMESPACE =
            "mount -t tmpfs tmpfs /run && ip link set lo up && exec \"$@\" train --own-host";

    @Test
    void startsTheGatewayAndHandsOverToAnotherOne() throws Exception {
        var command = new ArrayList<>(List.of("unshare", "--net", "--mount", "sh", "-c", IN_OWN_NAMESPACE, "sh"));
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                "nat64.gateway.cli.Main"));

        var trained = Commands.attempt(command, Duration.ofMinutes(5));

        assertThat(trained.exitCode()).as(trained.output()).isZero();
        assertThat(trained.output())
                .contains("took over the sessions of", "made 350 AAAA records, translated 600 packets");
    }
}
