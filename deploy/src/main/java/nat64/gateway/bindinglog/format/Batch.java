// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Some records in one format, in messages: what a file or a stream gets as a whole, and a collector over UDP message by
 * message. Filled by one thread and then written by another.
 */
public final class Batch {

    /** More than the bytes of any one record, with all that may precede it. */
    static final int LARGEST_RECORD = 1024;

    private static final int CAPACITY = 1 << 16;
    private static final int FEW_MESSAGES = 64;

    private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);
    private int[] ends = new int[FEW_MESSAGES];
    private int messages;
    private int records;

    /** Whether another record surely fits. */
    public boolean hasRoom() {
        return buffer.remaining() >= LARGEST_RECORD;
    }

    public boolean isEmpty() {
        return buffer.position() == 0;
    }

    /** Of bindings and sessions: what would be missing if the batch got lost. */
    public int records() {
        return records;
    }

    public int messages() {
        return messages;
    }

    /** All messages, one after another. */
    public ByteBuffer bytes() {
        return buffer.duplicate().flip();
    }

    /** One message, counted from 0 on. */
    public ByteBuffer message(int index) {
        int start = index == 0 ? 0 : ends[index - 1];
        return buffer.slice(start, ends[index] - start);
    }

    /** Where an encoder writes. */
    ByteBuffer buffer() {
        return buffer;
    }

    void countRecord() {
        records++;
    }

    /** All that was written since the last message is one. */
    void endMessage() {
        if (messages == ends.length) {
            ends = Arrays.copyOf(ends, 2 * messages);
        }
        ends[messages++] = buffer.position();
    }
}
