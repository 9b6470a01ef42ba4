// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import nat64.gateway.metrics.DeviceStatus;
import nat64.gateway.metrics.Metrics;
import nat64.translator.device.pcap.PcapPort;

/** What was lost on the way to the workers, by kind of device. Any thread may ask. */
final class DeviceCounters {

    /** The value of {@code device} for the frames of both interfaces, which wait in one queue. */
    private static final String BOTH_INTERFACES = "pcap";

    private static final Path INTERFACES = Path.of("/sys/class/net");

    private DeviceCounters() {}

    /** Has the metrics show what is lost on the way to a TUN device of this host. */
    static void addTun(Metrics metrics, String name) {
        metrics.addDevices(() -> ofTun(INTERFACES, name));
    }

    /**
     * Of a TUN device: the kernel drops a packet that it finds no room for in the queue of a worker, and counts it as
     * one that was not transmitted. Nothing if the device is gone.
     *
     * @param interfaces a directory like /sys/class/net
     */
    static List<DeviceStatus> ofTun(Path interfaces, String name) {
        var dropped = interfaces.resolve(name).resolve("statistics/tx_dropped");
        try {
            long overflows = Long.parseLong(Files.readString(dropped).strip());
            return List.of(new DeviceStatus(name, overflows, 0, OptionalInt.empty()));
        } catch (IOException | NumberFormatException e) {
            return List.of();
        }
    }

    static List<DeviceStatus> ofInterfaces(PcapPort port) {
        var lost = port.losses().stream()
                .map(losses ->
                        new DeviceStatus(losses.device(), losses.overflows(), losses.tooLong(), OptionalInt.empty()));
        var waiting = new DeviceStatus(BOTH_INTERFACES, 0, 0, OptionalInt.of(port.queued()));
        return Stream.concat(lost, Stream.of(waiting)).toList();
    }
}
