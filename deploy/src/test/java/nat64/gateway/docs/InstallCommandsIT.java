// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.gateway.e2e.packages.MachineCopy;
import nat64.gateway.system.Commands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands with which the documentation installs a gateway. They run on a copy of this machine that is forgotten at
 * the end (an overlay file system in a mount namespace), where systemd enables services but can't start them. Images
 * are not built, as there may be no registry: podman and kubectl read the commands and the files that they name.
 */
class InstallCommandsIT {

    private static final String[] PROGRAMS = {
        "mkdir", "cp", "ln", "touch", "systemctl", "journalctl", "docker", "kubectl", "(cd"
    };

    private static final String BEFORE = """
            unset NAT64_LIB NAT64_JAVA_OPTIONS
            export SYSTEMD_OFFLINE=1
            systemctl() { command systemctl "${@/--now/--quiet}"; }
            """;

    private static final String AFTER = """
            id nat64
            [ -e /etc/systemd/system/multi-user.target.wants/nat64.service ] && echo enabled
            [ -s /usr/lib/nat64/nat64.aot ] && echo trained
            nat64 check >/dev/null && echo runs
            """;

    private static final String NOT_BUILT = "image not known";
    private static final Pattern CLIENT_VERSION = Pattern.compile("v1\\.(\\d+)\\.");
    private static final int OLDEST_KUBECTL = 22;

    @TempDir
    private Path directory = Path.of("");

    static boolean runs(ShownCommand command) {
        return command.runs(PROGRAMS);
    }

    private static Stream<String> shown(String page, String... programs) throws IOException {
        return ShownCommand.all().stream()
                .filter(command -> command.document().toString().equals(page) && command.runs(programs))
                .map(ShownCommand::line);
    }

    @Test
    void theServiceIsInstalledEnabledAndTrained() throws Exception {
        var commands = ShownCommand.all().stream()
                .filter(command -> command.document().toString().equals("docs/deployment.md"))
                .filter(command -> !command.runs("docker", "kubectl"))
                .map(ShownCommand::line)
                .filter(line -> !line.startsWith("nat64 run"))
                .collect(Collectors.joining("\n", BEFORE, "\n" + AFTER));

        var output = onACopy(commands);

        assertThat(output).contains("(nat64)", "enabled\ntrained\nruns\n", "ignoring command 'reload'");
    }

    @Test
    void theChecksumsOfTheLibrariesAreThoseOfTheRepository() throws Exception {
        var commands = shown("CONTRIBUTING.md", "(cd").collect(Collectors.joining("\n"));

        assertThat(commands).isNotEmpty();
        assertThat(onACopy("cp deploy/dependencies.sha256 /run/before\n" + commands
                        + "\ncmp /run/before deploy/dependencies.sha256 && echo same"))
                .isEqualTo("same\n");
    }

    @Test
    void theContainerCommandsAreUnderstood() throws Exception {
        assumeTrue(Commands.locate("podman").isPresent(), "missing: podman; deploy/setup installs it");
        var commands = shown("docs/deployment.md", "docker").toList();

        assertThat(commands).isNotEmpty().allSatisfy(command -> {
            var line = command.replaceFirst("docker (\\w+)", "podman $1 --pull=never");
            assertThat(bash("cd .. && " + line).output()).as(line).contains(NOT_BUILT);
        });
    }

    @Test
    void theOverlaysAreComplete() throws Exception {
        assumeTrue(Commands.locate("kubectl").isPresent(), "missing: kubectl");
        assumeTrue(isNewEnough(bash("kubectl version --client").output()), "kubectl is older than 1.22");
        var commands = shown("docs/deployment.md", "kubectl").toList();

        assertThat(commands).isNotEmpty().allSatisfy(command -> {
            assertThat(command).startsWith("kubectl apply -k ");
            var result = bash("cd .. && " + command.replace("apply -k", "kustomize"));
            assertThat(result.exitCode()).as(result.output()).isZero();
            assertThat(result.output()).contains("kind: DaemonSet");
        });
    }

    /** Older ones bring a Kustomize that does not know all fields of the overlays. */
    private static boolean isNewEnough(String version) {
        var number = CLIENT_VERSION.matcher(version);
        return number.find() && Integer.parseInt(number.group(1)) >= OLDEST_KUBECTL;
    }

    private String onACopy(String commands) throws Exception {
        return new MachineCopy(directory, Document.REPOSITORY).run(commands);
    }

    private static Commands.Result bash(String line) throws Exception {
        return Commands.attempt(List.of("bash", "-c", line), Duration.ofMinutes(2));
    }
}
