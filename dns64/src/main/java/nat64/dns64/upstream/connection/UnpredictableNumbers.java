// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import java.security.SecureRandom;

/** IDs and ports that an attacker cannot predict (RFC 5452, section 9.2), drawn in batches. For one thread. */
public final class UnpredictableNumbers {

    private static final int BATCH = 1024;

    private final SecureRandom source = new SecureRandom();
    private final byte[] bytes = new byte[BATCH];
    private int next = BATCH;

    /** A number from 0 to 65535. */
    int uint16() {
        if (next == BATCH) {
            source.nextBytes(bytes);
            next = 0;
        }
        return (bytes[next++] & 0xff) << 8 | (bytes[next++] & 0xff);
    }

    /** A number from 0 to {@code bound} - 1; {@code bound} is 65536 at most. */
    int below(int bound) {
        return (uint16() * bound) >>> Short.SIZE;
    }

    /** Bytes that stand for this client for as long as it runs. */
    byte[] bytes(int length) {
        var drawn = new byte[length];
        source.nextBytes(drawn);
        return drawn;
    }
}
