// SPDX-License-Identifier: Apache-2.0
package nat64.translator.fuzz;

import java.util.random.RandomGenerator;

/**
 * Choices out of octets that a fuzzer made up: each choice takes as few octets as it needs, so that a changed octet
 * changes one choice. When the octets are used up, the last alternative is chosen, which is the ordinary one.
 */
final class OctetChoices implements RandomGenerator {

    private final byte[] octets;
    private int at;

    OctetChoices(byte[] octets, int at) {
        this.octets = octets;
        this.at = at;
    }

    boolean hasMore() {
        return at < octets.length;
    }

    @Override
    public int nextInt(int bound) {
        if (!hasMore()) {
            return bound - 1;
        }
        return (bound <= 256 ? octet() : (octet() << 8) | octet()) % bound;
    }

    @Override
    public boolean nextBoolean() {
        return (octet() & 1) != 0;
    }

    @Override
    public int nextInt() {
        return (octet() << 24) | (octet() << 16) | (octet() << 8) | octet();
    }

    @Override
    public long nextLong() {
        return ((long) nextInt() << 32) | (nextInt() & 0xffff_ffffL);
    }

    private int octet() {
        return hasMore() ? octets[at++] & 0xff : 0;
    }
}
