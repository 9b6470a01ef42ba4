// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import java.util.Arrays;

/** The OPT record in wire format (RFC 6891, section 6.1.2): a root name, type, payload size, flags, options. */
public final class OptRecord {

    /** Bytes without options. */
    public static final int LENGTH = 11;

    private static final int TYPE = 41;
    private static final int PAYLOAD_AT = 3;
    private static final int VERSION_AT = 6;
    private static final int FLAGS_AT = 7;
    private static final int OPTIONS_LENGTH_AT = 9;

    private static final int OPTION_HEADER = 4;
    private static final int COOKIE = 10; // RFC 7873, section 4
    private static final int CLIENT_COOKIE = 8;
    private static final int SHORTEST_BOTH_COOKIES = 16;
    private static final int LONGEST_BOTH_COOKIES = 40;

    private OptRecord() {}

    /**
     * Where the first OPT record of a message of at least a header begins, or a negative number. The options in it, and
     * all that follows, may be malformed. Of an owner that is not the root, as it should be, the last byte counts as
     * the beginning.
     */
    public static int find(byte[] message) {
        int at = MessageLimits.HEADER;
        for (int left = TtlOffsets.questions(message); left > 0 && at < message.length; left--) {
            at = TtlOffsets.behindName(message, at) + TtlOffsets.QUESTION_AFTER_NAME;
        }
        for (int left = TtlOffsets.records(message); left > 0; left--) {
            int fixed = TtlOffsets.behindName(message, at);
            if (fixed + TtlOffsets.DATA_AFTER_NAME > message.length) {
                return -1;
            }
            if (BigEndian.uint16(message, fixed) == TYPE) {
                return fixed - 1;
            }
            at = fixed + TtlOffsets.DATA_AFTER_NAME + BigEndian.uint16(message, fixed + TtlOffsets.LENGTH_AFTER_NAME);
        }
        return -1;
    }

    /** Whether an OPT record of version 0 fills the bytes up to the end, with nothing in it or a cookie. */
    public static boolean isPlain(byte[] message, int at, int end) {
        if (!startsAt(message, at, end) || message[at + VERSION_AT] != 0) {
            return false;
        }
        int options = BigEndian.uint16(message, at + OPTIONS_LENGTH_AT);
        return at + LENGTH + options == end && (options == 0 || isCookie(message, at + LENGTH, options));
    }

    /** Whether the bytes up to the end may be an OPT record. */
    public static boolean startsAt(byte[] message, int at, int end) {
        return at + LENGTH <= end && message[at] == 0 && BigEndian.uint16(message, at + 1) == TYPE;
    }

    public static int payloadSize(byte[] message, int at) {
        return BigEndian.uint16(message, at + PAYLOAD_AT);
    }

    public static int version(byte[] message, int at) {
        return message[at + VERSION_AT] & 0xff;
    }

    /** The byte with the DO bit. */
    public static int flags(byte[] message, int at) {
        return message[at + FLAGS_AT];
    }

    /** Writes one of this server, with the upper bits of an RCODE, without options. */
    public static void write(byte[] message, int at, int upperRcode, int flags) {
        write(message, at, flags);
        message[at + PAYLOAD_AT + 2] = (byte) upperRcode;
    }

    /** Writes one of this server, without options. */
    public static void write(byte[] message, int at, int flags) {
        message[at] = 0;
        BigEndian.putInt16(message, at + 1, TYPE);
        BigEndian.putInt16(message, at + PAYLOAD_AT, MessageLimits.UDP_PAYLOAD);
        message[at + PAYLOAD_AT + 2] = 0; // the upper bits of the RCODE
        message[at + VERSION_AT] = 0;
        BigEndian.putInt16(message, at + FLAGS_AT, flags << Byte.SIZE);
        BigEndian.putInt16(message, at + OPTIONS_LENGTH_AT, 0);
    }

    /** Adds options, some bytes of an array, behind those that an OPT record at the end of the message has. */
    public static void append(byte[] options, int from, int length, byte[] message, int at) {
        int before = BigEndian.uint16(message, at + OPTIONS_LENGTH_AT);
        System.arraycopy(options, from, message, at + LENGTH + before, length);
        BigEndian.putInt16(message, at + OPTIONS_LENGTH_AT, before + length);
    }

    /** Bytes of the cookies in an OPT record that {@link #isPlain}; 0 if there are none. */
    public static int cookiesLength(byte[] message, int at) {
        return Math.max(0, BigEndian.uint16(message, at + OPTIONS_LENGTH_AT) - OPTION_HEADER);
    }

    /** Copies these cookies. */
    public static byte[] cookies(byte[] message, int at) {
        int first = at + LENGTH + OPTION_HEADER;
        return Arrays.copyOfRange(message, first, first + cookiesLength(message, at));
    }

    private static boolean isCookie(byte[] message, int at, int length) {
        if (length < OPTION_HEADER + CLIENT_COOKIE || BigEndian.uint16(message, at) != COOKIE) {
            return false;
        }
        int cookie = BigEndian.uint16(message, at + 2);
        return cookie == length - OPTION_HEADER
                && (cookie == CLIENT_COOKIE || (cookie >= SHORTEST_BOTH_COOKIES && cookie <= LONGEST_BOTH_COOKIES));
    }
}
