// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.util.Arrays;
import nat64.dns64.message.BigEndian;
import nat64.dns64.message.MessageLimits;
import nat64.dns64.message.OptRecord;
import org.jspecify.annotations.Nullable;

/**
 * The few things about a plain query that tell which answer it gets. It reads one query after the other without making
 * objects, and understands only the usual ones: RD set, one question, no record but an OPT of version 0 without options
 * or with a cookie. What it does not understand is left to a full reader. For one thread.
 */
public final class PacketQuery {

    private static final int FLAGS = 2;
    private static final int QR_OPCODE_TC_RD = 0xfb;
    private static final int RECURSION_DESIRED = 0x01;
    private static final int CHECKING_DISABLED = 0x10;
    private static final int AUTHENTIC_DATA = 0x20;
    private static final int COUNTS = 4;
    private static final long ONE_QUESTION = 0x0001_0000_0000_0000L;
    private static final int MAX_NAME = 255;
    private static final int MAX_LABEL = 63;
    private static final int TYPE_AND_CLASS = 4;
    private static final int KEY_FLAGS = 1;
    private static final byte[] NO_OPTIONS = {};
    private static final int KEY_VARIANT = 4;

    private static final int DNSSEC_OK = 0x80;
    private static final int KEY_EDNS = 1;
    private static final int KEY_DNSSEC_OK = 2;
    private static final int KEY_CHECKING_DISABLED = 4;
    private static final int KEY_AUTHENTIC_DATA = 8;

    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final byte[] key = new byte[MAX_NAME + TYPE_AND_CLASS + KEY_FLAGS + KEY_VARIANT];
    private byte[] message = {};
    private int keyLength;
    private int limit;
    private int opt;
    private byte[] replyOptions = NO_OPTIONS;
    private @Nullable AnswerKind kind;

    /**
     * Reads the first {@code length} bytes; false if this is not a usual query. The bytes are not copied.
     *
     * @param variant all else that the answer depends on, such as the view of the client, as a number
     */
    public boolean read(byte[] query, int length, int variant) {
        message = query;
        kind = null;
        if (length < MessageLimits.HEADER || (query[FLAGS] & QR_OPCODE_TC_RD) != RECURSION_DESIRED) {
            return false;
        }
        long counts = BigEndian.int64(query, COUNTS);
        if (counts != ONE_QUESTION && counts != ONE_QUESTION + 1) {
            return false;
        }
        int end = readQuestion(length);
        if (end < 0) {
            return false;
        }
        boolean edns = counts != ONE_QUESTION;
        if (edns ? !OptRecord.isPlain(query, end, length) : end != length) {
            return false;
        }
        readFlags(edns, end);
        opt = edns ? end : 0;
        replyOptions = NO_OPTIONS;
        BigEndian.putInt32(key, keyLength - KEY_VARIANT, variant);
        return true;
    }

    /** Whether the client sends cookies (RFC 7873). */
    public boolean hasCookies() {
        return opt > 0 && OptRecord.cookiesLength(message, opt) > 0;
    }

    /** The client cookie, and the server cookie if there is one. */
    public byte[] cookies() {
        return OptRecord.cookies(message, opt);
    }

    /**
     * What the response to this query, which has an OPT record, has in its OPT record besides what all responses have.
     */
    public void setReplyOptions(byte[] options) {
        replyOptions = options;
    }

    byte[] replyOptions() {
        return replyOptions;
    }

    /** What kind of answer it got, or null if none was ready. */
    public @Nullable AnswerKind kind() {
        return kind;
    }

    void answeredBy(AnswerKind found) {
        kind = found;
    }

    /** Bytes up to the end of the question. */
    public int length() {
        return MessageLimits.HEADER + questionLength();
    }

    /** Bytes of the question section. */
    int questionLength() {
        return keyLength - KEY_FLAGS - KEY_VARIANT;
    }

    /** Bytes that the response may have over UDP. */
    int limit() {
        return limit;
    }

    boolean hasEdns() {
        return (flags() & KEY_EDNS) != 0;
    }

    boolean isDnssecOk() {
        return (flags() & KEY_DNSSEC_OK) != 0;
    }

    byte[] message() {
        return message;
    }

    /** Name in lower case, type, class, the flags DO, CD, AD and "has EDNS", the variant: what an answer depends on. */
    int keyLength() {
        return keyLength;
    }

    void copyKey(byte[] to, int at) {
        System.arraycopy(key, 0, to, at, keyLength);
    }

    boolean hasKey(byte[] other, int from, int to) {
        return Arrays.equals(key, 0, keyLength, other, from, to);
    }

    long hash(long seed) {
        long hash = seed;
        int at = 0;
        for (; at + Long.BYTES <= keyLength; at += Long.BYTES) {
            hash = mix(hash ^ BigEndian.int64(key, at));
        }
        for (; at < keyLength; at++) {
            hash = (hash ^ key[at]) * MIX;
        }
        return mix(hash);
    }

    private static long mix(long value) {
        long product = value * MIX;
        return product ^ (product >>> 32);
    }

    /** Returns where the question ends, or a negative number. */
    private int readQuestion(int length) {
        int at = MessageLimits.HEADER;
        while (true) {
            if (at >= length || at - MessageLimits.HEADER >= MAX_NAME) {
                return -1;
            }
            int label = message[at] & 0xff;
            if (label > MAX_LABEL) { // a pointer has nowhere to point to yet
                return -1;
            }
            at++;
            if (label == 0) {
                break;
            }
            at += label;
        }
        int end = at + TYPE_AND_CLASS;
        if (end > length) {
            return -1;
        }
        copyInLowerCase(at);
        System.arraycopy(message, at, key, at - MessageLimits.HEADER, TYPE_AND_CLASS);
        keyLength = end - MessageLimits.HEADER + KEY_FLAGS + KEY_VARIANT;
        return end;
    }

    /** RFC 4343. The bytes of label lengths are below the letters. */
    private void copyInLowerCase(int end) {
        for (int i = MessageLimits.HEADER; i < end; i++) {
            byte letter = message[i];
            key[i - MessageLimits.HEADER] = letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
        }
    }

    private void readFlags(boolean edns, int opt) {
        int flags = (message[FLAGS + 1] & CHECKING_DISABLED) != 0 ? KEY_CHECKING_DISABLED : 0;
        flags |= (message[FLAGS + 1] & AUTHENTIC_DATA) != 0 ? KEY_AUTHENTIC_DATA : 0;
        limit = MessageLimits.SMALLEST_UDP_PAYLOAD;
        if (edns) {
            flags |= KEY_EDNS;
            flags |= (OptRecord.flags(message, opt) & DNSSEC_OK) != 0 ? KEY_DNSSEC_OK : 0;
            limit = MessageLimits.udpResponse(OptRecord.payloadSize(message, opt));
        }
        key[flagsAt()] = (byte) flags;
    }

    private byte flags() {
        return key[flagsAt()];
    }

    private int flagsAt() {
        return keyLength - KEY_FLAGS - KEY_VARIANT;
    }
}
