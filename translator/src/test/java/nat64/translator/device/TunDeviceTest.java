// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Executors;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunDeviceTest {

    private String name = "";

    static boolean isUnprivileged() {
        return !Files.isWritable(Path.of("/dev/net/tun"))
                || !System.getProperty("user.name").equals("root");
    }

    @BeforeEach
    void chooseName() {
        name = "t64-" + ProcessHandle.current().pid() % 100_000;
    }

    @ParameterizedTest(name = "offload: {0}, queues: {1}")
    @CsvSource({"true, 1", "false, 1", "true, 2", "false, 3"})
    @DisabledIf(value = "isUnprivileged", disabledReason = "making a device needs root and /dev/net/tun")
    void makesADeviceThatVanishesWithIt(boolean offload, int queues) throws Exception {
        try (var device = TunDevice.open(name, offload, queues, false)) {
            assertThat(Path.of("/sys/class/net", name)).exists();
            assertThat(device.queues()).hasSize(queues).noneMatch(PacketPort::isClosed);
        }
        assertThat(Path.of("/sys/class/net", name)).doesNotExist();
    }

    @ParameterizedTest(name = "queues: {0}")
    @ValueSource(ints = {1, 2})
    @DisabledIf(value = "isUnprivileged", disabledReason = "making a device needs root and /dev/net/tun")
    void staysForTheNextOneIfItIsAskedToLast(int queues) throws Exception {
        try {
            var first = TunDevice.openLasting(name, true, queues, false);
            var number = Files.readString(Path.of("/sys/class/net", name, "ifindex"));
            first.close();
            try (var second = TunDevice.openLasting(name, true, queues, false)) {
                assertThat(Files.readString(Path.of("/sys/class/net", name, "ifindex")))
                        .isEqualTo(number);
                assertThat(second.queues()).hasSize(queues);
            }
            assertThatThrownBy(() -> TunDevice.openLasting(name, true, queues == 1 ? 2 : 1, false))
                    .isInstanceOf(DeviceException.class);
        } finally {
            new ProcessBuilder("ip", "link", "delete", name).start().waitFor();
        }
        assertThat(Path.of("/sys/class/net", name)).doesNotExist();
    }

    @ParameterizedTest(name = "queues: {0}")
    @ValueSource(ints = {1, 2})
    @DisabledIf(value = "isUnprivileged", disabledReason = "making a device needs root and /dev/net/tun")
    void saysThatANameIsTaken(int queues) throws Exception {
        try (var _ = TunDevice.open(name, true, queues, false)) {
            assertThatThrownBy(() -> TunDevice.open(name, true, queues, false))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("choose another name");
        }
    }

    @Test
    @Timeout(10)
    @DisabledIf(value = "isUnprivileged", disabledReason = "making a device needs root and /dev/net/tun")
    void hasNothingToReceiveAtFirstAndWakesWhenTold() throws Exception {
        try (var device = TunDevice.open(name, true, 2, false);
                var arena = Arena.ofConfined()) {
            var queue = device.queues().getLast();
            assertThat(queue.receive(new Packet(arena))).isFalse();
            queue.wake();
            long start = System.nanoTime();
            queue.await(60_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest(name = "queues: {0}")
    @ValueSource(ints = {1, 2})
    @DisabledIf(value = "isUnprivileged", disabledReason = "making a device needs root and /dev/net/tun")
    void isMadeAnewAfterItWasDeleted(int queues) throws Exception {
        try (var device = TunDevice.open(name, true, queues, false);
                var arena = Arena.ofConfined()) {
            assertThat(device.isGone()).isFalse();
            delete();
            receiveFromAll(device, arena);
            assertThat(device.isGone()).isTrue();
            assertThat(device.queues()).noneMatch(PacketPort::isClosed);

            device.reopen();
            receiveFromAll(device, arena);
            assertThat(device.isGone()).isFalse();
            assertThat(Path.of("/sys/class/net", name)).exists();
        }
        assertThat(Path.of("/sys/class/net", name)).doesNotExist();
    }

    @Test
    @DisabledIf(value = "isUnprivileged", disabledReason = "making a device needs root and /dev/net/tun")
    void isNotMadeTwice() throws Exception {
        try (var device = TunDevice.open(name, true, 1, false)) {
            assertThatThrownBy(device::reopen)
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining(name);
        }
    }

    private void delete() throws Exception {
        assertThat(new ProcessBuilder("ip", "link", "delete", name).start().waitFor())
                .isZero();
    }

    private static void receiveFromAll(TunDevice device, Arena arena) {
        for (var queue : device.queues()) {
            assertThat(queue.receive(new Packet(arena))).isFalse();
        }
    }

    @Test
    @DisabledIf(value = "isUnprivileged", disabledReason = "making a device needs root and /dev/net/tun")
    void bindsTheThreadOfEachQueueToAProcessor() throws Exception {
        var allowed = Processors.allowed();
        assertThat(allowed).hasSizeGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
        try (var device = TunDevice.open(name, true, allowed.length + 1, true);
                var threads =
                        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var bound = new ArrayList<Integer>();
            for (var queue : device.queues()) {
                bound.add(threads.submit(() -> {
                            queue.attach();
                            assertThat(Processors.allowed()).hasSize(1);
                            return Processors.allowed()[0];
                        })
                        .get());
            }
            assertThat(bound.getLast()).isEqualTo(bound.getFirst());
            assertThat(bound.subList(0, allowed.length))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(allowed).boxed().toList());
        }
        assertThat(Processors.allowed()).containsExactlyInAnyOrder(allowed);
    }

    @Test
    void tellsThatAThreadCannotBeBoundToAProcessorThatIsNotThere() {
        assertThat(Processors.pin(1023)).isFalse();
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", "sixteen-octets-x"})
    void refusesANameThatNoInterfaceCanHave(String badName) {
        assertThatThrownBy(() -> TunDevice.open(badName, true, 1, false)).hasMessageContaining("1 to 15 bytes");
    }
}
