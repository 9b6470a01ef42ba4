// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.history;

import java.time.Instant;
import java.util.Optional;

/**
 * The time from which until which a client had an address and port of pool4.
 *
 * @param clientPort 0 of a block of ports
 * @param begin nothing if the logs do not have it: the binding was there before them
 * @param end nothing if the logs do not have it: the client may still have the port
 */
public record Tenure(Place place, String client, int clientPort, Optional<Moment> begin, Optional<Moment> end) {

    /**
     * An address of pool4 and a port of one protocol, or a block of ports of all.
     *
     * @param port or the identifier of an ICMP echo; the first one of a block
     * @param lastPort the same port, or the last one of a block
     */
    public record Place(String protocol, String address, int port, int lastPort) {

        /** The protocol of a block. */
        public static final String ANY = "any protocol";

        /** One port. */
        public Place(String protocol, String address, int port) {
            this(protocol, address, port, port);
        }

        /** Whether it is a block of ports, whose client is a subscriber: a prefix. */
        public boolean isBlock() {
            return protocol.equals(ANY);
        }

        /** Whether an address and port are in it. */
        public boolean has(String otherAddress, int otherPort) {
            return address.equals(otherAddress) && port <= otherPort && otherPort <= lastPort;
        }
    }

    /**
     * A time that the logs tell.
     *
     * @param isExact false if all that is known is that it was not outside of this
     */
    public record Moment(Instant time, boolean isExact) {}

    /** Whether the client had it at some time of a span, both ends included. */
    public boolean touches(Instant from, Instant to) {
        return (begin.isEmpty() || !begin.get().time().isAfter(to))
                && (end.isEmpty() || !end.get().time().isBefore(from));
    }
}
