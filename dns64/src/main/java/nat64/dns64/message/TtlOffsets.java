// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import org.jspecify.annotations.Nullable;

/** Where the TTLs of records are in a message (RFC 1035, section 4.1.3). */
public final class TtlOffsets {

    private static final int QUESTION_COUNT = 4;
    private static final int ANSWER_COUNT = 6;
    private static final int AUTHORITY_COUNT = 8;
    private static final int ADDITIONAL_COUNT = 10;
    static final int QUESTION_AFTER_NAME = 4;
    private static final int TTL_AFTER_NAME = 4;
    static final int LENGTH_AFTER_NAME = 8;
    static final int DATA_AFTER_NAME = 10;
    private static final int POINTER = 0xc0;

    private TtlOffsets() {}

    /** The offsets in a message of one question and no OPT record, or null if the message is not well-formed. */
    public static short @Nullable [] in(byte[] message) {
        if (message.length < MessageLimits.HEADER || message.length > Short.MAX_VALUE) {
            return null;
        }
        int records = records(message);
        var offsets = new short[records];
        int at = behindQuestion(message);
        for (int i = 0; i < records; i++) {
            int name = behindName(message, at);
            if (name + DATA_AFTER_NAME > message.length) {
                return null;
            }
            offsets[i] = (short) (name + TTL_AFTER_NAME);
            at = name + DATA_AFTER_NAME + BigEndian.uint16(message, name + LENGTH_AFTER_NAME);
        }
        return at == message.length ? offsets : null;
    }

    /** Where the last record of a message of one question or none begins, or a negative number. */
    static int lastRecord(byte[] message) {
        if (message.length < MessageLimits.HEADER) {
            return -1;
        }
        int records = records(message);
        int at = questions(message) == 0 ? MessageLimits.HEADER : behindQuestion(message);
        int last = -1;
        for (int i = 0; i < records; i++) {
            int name = behindName(message, at);
            if (name + DATA_AFTER_NAME > message.length) {
                return -1;
            }
            last = at;
            at = name + DATA_AFTER_NAME + BigEndian.uint16(message, name + LENGTH_AFTER_NAME);
        }
        return at == message.length ? last : -1;
    }

    /** How many questions a message of at least a header claims to have. */
    static int questions(byte[] message) {
        return BigEndian.uint16(message, QUESTION_COUNT);
    }

    /** How many records a message of at least a header claims to have. */
    static int records(byte[] message) {
        return BigEndian.uint16(message, ANSWER_COUNT)
                + BigEndian.uint16(message, AUTHORITY_COUNT)
                + BigEndian.uint16(message, ADDITIONAL_COUNT);
    }

    /** Where the records of a message of one question begin, perhaps beyond its end. */
    static int behindQuestion(byte[] message) {
        return behindName(message, MessageLimits.HEADER) + QUESTION_AFTER_NAME;
    }

    static int behindName(byte[] message, int start) {
        int at = start;
        while (at < message.length && message[at] != 0) {
            int label = message[at] & 0xff;
            if (label >= POINTER) {
                return at + 2;
            }
            at += 1 + label;
        }
        return at + 1;
    }
}
