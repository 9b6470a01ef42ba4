// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Numbers among the settings of the kernel; sysctl(8). */
public final class KernelSetting {

    private static final Path SETTINGS = Path.of("/proc/sys");

    private KernelSetting() {}

    /**
     * One of them, if this kernel has it.
     *
     * @param path below {@code /proc/sys}
     */
    public static OptionalLong number(String path) {
        // In one read: the kernel gives no more to a second one.
        try (var reader = Files.newBufferedReader(SETTINGS.resolve(path))) {
            var line = reader.readLine();
            return line != null && line.strip().matches("\\d{1,18}")
                    ? OptionalLong.of(Long.parseLong(line.strip()))
                    : OptionalLong.empty();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }
}
