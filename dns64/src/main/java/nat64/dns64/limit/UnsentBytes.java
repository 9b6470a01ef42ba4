// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.limit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes of responses that wait for clients to read them, of all connections together. Safe for many threads.
 */
public final class UnsentBytes {

    /** Of all connections: an eighth of the heap. */
    static final long MOST = 64L << 20;

    /** Of one connection: two of the longest responses, or hundreds of ordinary ones. */
    public static final long MOST_PER_CONNECTION = 128L << 10;

    private final AtomicLong bytes = new AtomicLong();

    /** Counts a response that is about to be written; false if there is no room, and then it doesn't count. */
    public boolean add(long response) {
        if (bytes.addAndGet(response) <= MOST) {
            return true;
        }
        bytes.addAndGet(-response);
        return false;
    }

    /** Counts a response for which an exception is made; true. */
    public boolean addAnyway(long response) {
        bytes.addAndGet(response);
        return true;
    }

    /** It was written, or will never be. */
    public void remove(long response) {
        bytes.addAndGet(-response);
    }
}
