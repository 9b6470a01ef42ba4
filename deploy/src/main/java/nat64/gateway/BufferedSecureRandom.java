// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Numbers of {@link SecureRandom}, fetched many at a time, so that a number costs little and allocates nothing. They
 * can't be predicted from earlier ones: ports and hashes depend on it (RFC 6056). One thread at a time.
 */
final class BufferedSecureRandom implements RandomGenerator {

    private static final int BYTES = 4096;

    private final SecureRandom source = new SecureRandom();
    private final byte[] bytes = new byte[BYTES];
    private final ByteBuffer numbers = ByteBuffer.wrap(bytes).position(BYTES);

    @Override
    public long nextLong() {
        if (!numbers.hasRemaining()) {
            source.nextBytes(bytes);
            numbers.rewind();
        }
        return numbers.getLong();
    }
}
