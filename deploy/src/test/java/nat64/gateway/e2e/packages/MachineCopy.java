// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nat64.gateway.system.Commands;

/**
 * A copy of this machine that is forgotten at the end: an overlay file system in a mount namespace. systemd does not
 * run in it.
 */
public final class MachineCopy {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String SCRIPT = """
            set -e
            cd "$1" && mount -t tmpfs tmpfs . && cd "$1" && mkdir changes work root repository repository-work
            mount -t overlay overlay -o lowerdir=/,upperdir=changes,workdir=work root
            for folder in proc dev sys; do mount --rbind /$folder root/$folder; done
            mount -t tmpfs tmpfs root/run && mkdir -p "root$2"
            mount -t overlay overlay -o lowerdir="$2",upperdir=repository,workdir=repository-work "root$2"
            cp "$3" root/run/commands
            exec chroot root bash -c "cd '$2' && bash -euo pipefail /run/commands" 2>&1
            """;

    private final Path scratch;
    private final Path repository;

    /** In an empty directory, with a repository that commands can change as well. */
    public MachineCopy(Path scratch, Path repository) throws IOException {
        this.scratch = scratch;
        this.repository = repository.toRealPath();
    }

    /** What commands of bash write, all of which must succeed; they begin in the repository. */
    public String run(String commands) throws Exception {
        assumeTrue(
                Commands.attempt(List.of("unshare", "--mount", "true"), Commands.TIMEOUT)
                        .isSuccess(),
                "mount namespaces need root");
        var file = Files.writeString(scratch.resolve("commands"), commands);
        var copy = Files.createDirectories(scratch.resolve("copy"));
        var line = List.of(
                "unshare",
                "--mount",
                "bash",
                "-c",
                SCRIPT,
                "bash",
                copy.toString(),
                repository.toString(),
                file.toString());

        var result = Commands.attempt(line, PATIENCE);

        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }
}
