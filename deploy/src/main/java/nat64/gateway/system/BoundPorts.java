// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ports that programs of this host listen on: of TCP those that accept, of UDP those open to any sender. */
public final class BoundPorts {

    private static final String TCP_LISTENS = "0A"; // include/net/tcp_states.h
    private static final String UDP_UNCONNECTED = "07";
    private static final int LOCAL = 1;
    private static final int STATE = 3;

    private BoundPorts() {}

    /**
     * Ports of TCP at an IPv4 address of the host, or at all its addresses.
     *
     * @param address as {@code int}
     * @throws HostException if the kernel doesn't tell them
     */
    public static IntStream tcp(int address) throws HostException {
        return IntStream.concat(ports(read("tcp"), TCP_LISTENS, address), ports(read("tcp6"), TCP_LISTENS, address));
    }

    /** As {@link #tcp}, of UDP. */
    public static IntStream udp(int address) throws HostException {
        return IntStream.concat(
                ports(read("udp"), UDP_UNCONNECTED, address), ports(read("udp6"), UDP_UNCONNECTED, address));
    }

    /** The local ports in a table such as {@code /proc/net/tcp} of sockets in a state. */
    static IntStream ports(Stream<String> table, String state, int address) {
        return table.skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > STATE && columns[STATE].equals(state))
                .map(columns -> columns[LOCAL].split(":"))
                .filter(local -> isReachedAt(local[0], address))
                .mapToInt(local -> Integer.parseInt(local[1], 16));
    }

    /** An address as the kernel prints it, words of four bytes in the order of the machine; IPv6 may be mapped. */
    private static boolean isReachedAt(String printed, int address) {
        boolean isWildcard = printed.chars().allMatch(digit -> digit == '0');
        int last = Integer.reverseBytes(Integer.parseUnsignedInt(printed.substring(printed.length() - 8), 16));
        boolean isIpv4 = printed.length() == 8 || printed.startsWith("0000000000000000FFFF0000");
        return isWildcard || (isIpv4 && last == address);
    }

    private static Stream<String> read(String table) throws HostException {
        var file = Path.of("/proc/self/net", table);
        try {
            return Files.exists(file) ? Files.readAllLines(file).stream() : Stream.empty();
        } catch (IOException e) {
            throw new HostException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
