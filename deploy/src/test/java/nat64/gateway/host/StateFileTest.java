// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.system.HostException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private static final Step FIRST = Step.Run.of("nft flush");
    private static final Step SECOND = new Step.Write(Path.of("/proc/sys/net/ipv4/ip_forward"), "0");

    @TempDir
    private Path directory;

    private Path path = Path.of("");

    @BeforeEach
    void name() {
        path = directory.resolve("run").resolve("nat64.undo");
    }

    @Test
    void tellsWhatACrashHasLeftInTheOrderOfTheRecords() throws Exception {
        try (var state = StateFile.open(path)) {
            state.begin();
            state.record(FIRST);
            state.record(SECOND);
            Files.copy(path, directory.resolve("crashed"));
        }

        try (var state = StateFile.open(directory.resolve("crashed"))) {
            assertThat(state.leftBehind()).containsExactly(FIRST, SECOND);
        }
    }

    @Test
    void forgetsTheLeftoversWhenItBeginsAfresh() throws Exception {
        try (var state = StateFile.open(path)) {
            state.begin();
            state.record(FIRST);
            state.begin();

            assertThat(state.leftBehind()).isEmpty();
        }
    }

    @Test
    void tellsTheNextOwnerWhatWasLeftOnPurpose() throws Exception {
        var state = StateFile.open(path);
        state.begin();
        state.record(FIRST);
        state.release();

        try (var next = StateFile.open(path)) {
            assertThat(next.leftBehind()).containsExactly(FIRST);
        }
    }

    @Test
    void knowsItsOwnerWhileOneLives() throws Exception {
        assertThat(StateFile.owner(path)).isEmpty();
        var state = StateFile.open(path);
        state.begin();
        assertThat(StateFile.owner(path)).hasValue(ProcessHandle.current().pid());
        state.release();
        assertThat(StateFile.owner(path)).isEmpty();
    }

    @Test
    void refusesASecondOwnerAndNamesTheFirst() throws Exception {
        try (var state = StateFile.open(path)) {
            state.begin();

            assertThatThrownBy(() -> StateFile.open(path))
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void goesWhenItIsClosed() throws Exception {
        StateFile.open(path).close();

        assertThat(path).doesNotExist();
    }

    @Test
    void saysWhichFileCannotBeWritten() {
        assertThatThrownBy(() -> StateFile.open(Path.of("/proc/nat64/nat64.undo")))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("/proc/nat64");
    }
}
