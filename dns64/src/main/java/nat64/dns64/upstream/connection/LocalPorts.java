// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Random ports to send questions from (RFC 5452, section 9.2). Ports that the kernel reserves
 * ({@code net.ipv4.ip_local_reserved_ports}) are left out: among them are those of a translator that shares the IPv4
 * address of this host. For one thread.
 */
final class LocalPorts {

    static final Path RESERVED = Path.of("/proc/sys/net/ipv4/ip_local_reserved_ports");

    /** For a port of the kernel's choice. */
    static final int ANY = 0;

    private static final int LOWEST = 1024; // RFC 5452, section 9.2
    private static final int PORTS = 65_536 - LOWEST;
    private static final int DRAWS = 64;
    private static final long NANOS_BETWEEN_READS = TimeUnit.SECONDS.toNanos(1);

    private final UnpredictableNumbers random;
    private final Path file;
    private final LongSupplier nanoTime;
    private BitSet reserved = new BitSet();
    private long readNanos;

    /**
     * @param file with the reserved ports, as the kernel prints them; without it, none are
     */
    LocalPorts(UnpredictableNumbers random, Path file, LongSupplier nanoTime) {
        this.random = random;
        this.file = file;
        this.nanoTime = nanoTime;
        this.readNanos = nanoTime.getAsLong() - NANOS_BETWEEN_READS;
    }

    /** A port from 1024 to 65535; {@link #ANY} if nearly all are reserved. */
    int draw() {
        long now = nanoTime.getAsLong();
        if (now - readNanos >= NANOS_BETWEEN_READS) {
            readNanos = now;
            reserved = read();
        }
        for (int i = 0; i < DRAWS; i++) {
            int port = LOWEST + random.below(PORTS);
            if (!reserved.get(port)) {
                return port;
            }
        }
        return ANY;
    }

    /** In one read, as the kernel gives no more to a second one. What was known before holds if that fails. */
    private BitSet read() {
        try (var reader = Files.newBufferedReader(file)) {
            var ports = new BitSet();
            var line = Objects.requireNonNullElse(reader.readLine(), "");
            for (var range : line.strip().split(",", -1)) {
                if (!range.isEmpty()) {
                    var ends = range.split("-", -1);
                    ports.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
                }
            }
            return ports;
        } catch (IOException | NumberFormatException e) {
            return reserved;
        }
    }
}
