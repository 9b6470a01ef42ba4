// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import java.time.Duration;

/** What became of an echo request or of an attempt to connect. */
public sealed interface Reply {

    /** An answer came, after this time. */
    record Came(Duration roundTrip) implements Reply {}

    /** The other side refused: a packet came back, but nothing listens there. */
    record Refused() implements Reply {}

    /**
     * A router on the way, or this host itself, said that the packet is too big (RFC 8201).
     *
     * @param mtu bytes of the largest packet that would pass there
     */
    record TooBig(int mtu) implements Reply {}

    /**
     * No answer came.
     *
     * @param why as far as it is known
     */
    record Missing(String why) implements Reply {}

    /**
     * It could not be tried.
     *
     * @param why and what helps
     */
    record Impossible(String why) implements Reply {}
}
