// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The time since this host was started, which all its processes share and which cannot be set. */
public final class BootClock {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path UPTIME = Path.of("/proc/uptime");

    private BootClock() {}

    /**
     * A moment.
     *
     * @param boot another one after each start of the host
     * @param millis since the host was started, to a hundredth of a second
     */
    public record Moment(UUID boot, long millis) {}

    /**
     * What time it is.
     *
     * @throws IOException if the kernel doesn't tell
     */
    public static Moment now() throws IOException {
        try {
            var boot = UUID.fromString(Files.readString(BOOT).strip());
            var uptime = Files.readString(UPTIME);
            var seconds = uptime.substring(0, Math.max(0, uptime.indexOf(' ')));
            return new Moment(boot, Math.round(Double.parseDouble(seconds) * 1000));
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot read " + BOOT + " or " + UPTIME + ": " + e.getMessage(), e);
        }
    }
}
