// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import nat64.translator.session.table.Protocol;

/**
 * A pool4 address as it was at a moment.
 *
 * @param address T, as {@code int}
 * @param offered ports of each protocol that bindings may have; 0 of an address that drains
 * @param ports by protocol
 * @param blocks if subscribers have their ports in blocks
 */
public record Pool4Record(int address, int offered, Map<Protocol, Ports> ports, Optional<Blocks> blocks) {

    /** An address without blocks. */
    public Pool4Record(int address, int offered, Map<Protocol, Ports> ports) {
        this(address, offered, ports, Optional.empty());
    }

    /**
     * The ports of one protocol. Ports that programs of the host use, and static bindings outside of those that are
     * offered, make the sum another.
     *
     * @param bound those of bindings
     * @param held those that no host may get for a time, after a binding has ended (RFC 6888, REQ-8)
     * @param free those that bindings may take now
     */
    public record Ports(int bound, int held, int free) {}

    /**
     * The blocks of ports of an address.
     *
     * @param used those that subscribers have
     * @param held those that no other subscriber may get for a time, after the last binding in them has ended
     * @param free those that subscribers may get now
     */
    public record Blocks(int used, int held, int free) {}

    public Pool4Record {
        ports = Map.copyOf(ports);
    }

    /** The ports of a protocol. */
    public Ports of(Protocol protocol) {
        return requireNonNull(ports.get(protocol));
    }

    /** Whether the address gets no new bindings. */
    public boolean isDraining() {
        return offered == 0;
    }
}
