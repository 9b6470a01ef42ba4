// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ports, of any protocol, that bindings must not take because programs of the host use them: the host itself has the
 * address, too. Immutable.
 */
public final class HostPorts {

    /** No port is in use. */
    public static final HostPorts NONE = new HostPorts(new BitSet());

    private static final int PORTS = 1 << 16;

    private final BitSet ports;
    private final long[] words;

    private HostPorts(BitSet ports) {
        this.ports = ports;
        words = new long[PORTS / Long.SIZE];
        ports.stream().forEach(port -> words[port / Long.SIZE] |= 1L << port);
    }

    /**
     * These ports.
     *
     * @throws IllegalArgumentException if one is not a port
     */
    public static HostPorts of(IntStream ports) {
        var bits = new BitSet();
        ports.forEach(port -> {
            if (port < 0 || port >= PORTS) {
                throw new IllegalArgumentException("not a port: " + port);
            }
            bits.set(port);
        });
        return new HostPorts(bits);
    }

    public boolean contains(int port) {
        return (word(port) & 1L << port) != 0;
    }

    /** In order. */
    public IntStream stream() {
        return ports.stream();
    }

    /** The 64 ports around one, a bit each; the lowest is a multiple of 64. */
    long word(int port) {
        return words[port / Long.SIZE];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostPorts that && ports.equals(that.ports);
    }

    @Override
    public int hashCode() {
        return ports.hashCode();
    }

    @Override
    public String toString() {
        return ports.stream().mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }
}
