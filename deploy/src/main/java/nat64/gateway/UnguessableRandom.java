// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Numbers of {@link SecureRandom}, fetched many at a time, so that a number costs little and makes no object. Whoever has
 * seen some can't tell the next: ports and hashes depend on it (RFC 6056). One thread at a time.
 */
final class UnguessableRandom implements RandomGenerator {

    private static final int OCTETS = 4096;

    private final SecureRandom source = new SecureRandom();
    private final byte[] octets = new byte[OCTETS];
    private final ByteBuffer numbers = ByteBuffer.wrap(octets).position(OCTETS);

    @Override
    public long nextLong() {
        if (!numbers.hasRemaining()) {
            source.nextBytes(octets);
            numbers.rewind();
        }
        return numbers.getLong();
    }
}
