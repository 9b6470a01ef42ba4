// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import java.util.Arrays;

/** The COOKIE option of a response (RFC 7873, section 4), wherever its OPT record is. Pure. */
public final class MessageCookies {

    /** Its number (RFC 7873, section 8). */
    public static final int CODE = 10;

    private static final int OPT = 41;
    private static final int HEADER = 4;
    private static final byte[] NONE = new byte[0];

    private MessageCookies() {}

    /** The cookies of a message of one question; nothing if there are none, or the message is not well-formed. */
    public static byte[] in(byte[] message) {
        int at = TtlOffsets.behindQuestion(message);
        for (int left = TtlOffsets.records(message); left > 0; left--) {
            int fixed = TtlOffsets.behindName(message, at);
            int data = fixed + TtlOffsets.DATA_AFTER_NAME;
            if (data > message.length) {
                return NONE;
            }
            int end = data + BigEndian.uint16(message, data - Short.BYTES);
            if (BigEndian.uint16(message, fixed) == OPT) {
                return end > message.length ? NONE : among(message, data, end);
            }
            at = end;
        }
        return NONE;
    }

    private static byte[] among(byte[] message, int start, int end) {
        int at = start;
        while (at + HEADER <= end) {
            int data = at + HEADER;
            int next = data + BigEndian.uint16(message, at + 2);
            if (BigEndian.uint16(message, at) == CODE) {
                return next > end ? NONE : Arrays.copyOfRange(message, data, next);
            }
            at = next;
        }
        return NONE;
    }
}
