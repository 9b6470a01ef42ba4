// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import nat64.gateway.system.HostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepTest {

    @Test
    void readsBackACommandWhoseWordsHaveSpaces() throws HostException {
        var step = new Step.Run(List.of("nft", "delete table ip nat64"));

        assertThat(Step.parse(step.line())).isEqualTo(step);
    }

    @Test
    void readsBackAWrite() throws HostException {
        var step = new Step.Write(Path.of("/proc/sys/net/ipv4/ip_forward"), "0");

        assertThat(Step.parse(step.line())).isEqualTo(step);
    }

    @Test
    void readsBackAWriteOfNothing() throws HostException {
        var step = new Step.Write(Path.of("/proc/sys/net/ipv4/ip_local_reserved_ports"), "");

        assertThat(Step.parse(step.line())).isEqualTo(step);
    }

    @Test
    void writesALineThatIsEmpty(@TempDir Path directory) throws Exception {
        var setting = Files.writeString(directory.resolve("ip_local_reserved_ports"), "1-2\n");

        new Step.Write(setting, "").take();

        assertThat(setting).hasContent("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "write\t/proc/sys/net/ipv4/ip_forward", "erase\tall"})
    void refusesALineThatIsNoStep(String line) {
        assertThatThrownBy(() -> Step.parse(line)).isInstanceOf(HostException.class);
    }

    @Test
    void writesASetting(@TempDir Path directory) throws Exception {
        var setting = Files.writeString(directory.resolve("ip_forward"), "0\n");

        new Step.Write(setting, "1").take();

        assertThat(setting).hasContent("1");
    }

    @Test
    void readsBackTheDeletionOfRules() throws HostException {
        var step = new Step.DeleteRules("64");

        assertThat(Step.parse(step.line())).isEqualTo(step);
    }

    @Test
    void readsBackABatch() throws HostException {
        var step = new Step.Batch("-6", List.of("route add ::1 dev a", "route add ::2 dev b"));

        assertThat(Step.parse(step.line())).isEqualTo(step);
    }

    @Test
    void namesTheCommandOfABatchThatFailed() {
        var batch = new Step.Batch("-4", List.of("link show dev lo", "route add 192.0.2.0/24 dev nosuchdevice"));

        assertThatThrownBy(batch::take)
                .isInstanceOf(HostException.class)
                .hasMessageStartingWith("ip -4 route add 192.0.2.0/24 dev nosuchdevice: ");
    }

    @Test
    void saysWhatACommandWroteWhenItFails() {
        assertThatThrownBy(() -> Step.Run.of("ls /no/such/directory").take())
                .isInstanceOf(HostException.class)
                .hasMessageContaining("ls /no/such/directory")
                .hasMessageContaining("No such file");
    }

    @Test
    void saysWhichCommandIsMissing() {
        assertThatThrownBy(() -> Step.Run.of("nat64-no-such-tool").take())
                .isInstanceOf(HostException.class)
                .hasMessageContaining("nat64-no-such-tool");
    }

    @Test
    void aLongBatchHasPartsWithTheSameCommandsInOrder() {
        var commands = IntStream.range(0, 23).mapToObj(i -> "route add " + i).toList();
        var parts = new Step.Batch("-4", commands).parts(10);

        assertThat(parts).hasSize(3);
        assertThat(parts.stream().flatMap(part -> ((Step.Batch) part).commands().stream()))
                .containsExactlyElementsOf(commands);
    }
}
