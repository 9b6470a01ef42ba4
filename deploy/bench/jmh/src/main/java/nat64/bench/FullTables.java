// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What memory live sessions take: fills the tables of a translator, and asks the kernel and the JVM. Argument: how many
 * sessions. Prints one line of JSON.
 */
public final class FullTables {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double MEBIBYTE = 1 << 20;

    private FullTables() {}

    public static void main(String[] arguments) throws IOException {
        int sessions = Integer.parseInt(arguments[0]);
        System.gc();
        double before = residentMebibytes();
        try (var nat64 = new FilledNat64(sessions)) {
            for (int session = 0; session < sessions; session++) {
                nat64.open(session, 0);
            }
            nat64.requireSessions(sessions);
            System.gc();
            var runtime = Runtime.getRuntime();
            System.out.printf(
                    "{\"sessions\": %d, \"tables_mib\": %.1f, \"resident_mib\": %.1f, \"promised_mib\": %.1f,"
                            + " \"heap_used_mib\": %.1f}%n",
                    sessions,
                    residentMebibytes() - before,
                    residentMebibytes(),
                    nat64.promised() / MEBIBYTE,
                    (runtime.totalMemory() - runtime.freeMemory()) / MEBIBYTE);
        }
    }

    private static double residentMebibytes() throws IOException {
        var line = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(Files.readString(STATUS));
        if (!line.find()) {
            throw new IOException("no VmRSS in " + STATUS);
        }
        return Long.parseLong(line.group(1)) / 1024.0;
    }
}
