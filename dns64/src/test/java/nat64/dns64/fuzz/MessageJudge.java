// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.fuzz;

import static org.assertj.core.api.Assertions.fail;

import java.util.HexFormat;

/**
 * Reads DNS messages in the plainest way, and shares no code with the server. Says whether a response is one that may
 * be sent: whole, about its query, no larger than the client or the path takes.
 */
public final class MessageJudge {

    public static final int HEADER = 12;

    private static final int SMALLEST_PAYLOAD = 512;
    private static final int LARGEST_PAYLOAD = 1232;
    private static final int OPT = 41;
    private static final int AAAA = 28;
    private static final int CHECKING_DISABLED = 0x10;
    private static final int MOST_JUMPS = 128;

    private MessageJudge() {}

    /** Fails unless the response may answer the query over UDP. */
    public static void judge(byte[] query, byte[] response) {
        try {
            check(query, response);
        } catch (IndexOutOfBoundsException e) {
            complain("is cut", query, response);
        }
    }

    /** The end of the question section of a message with one question, or -1 if there is no such thing. */
    public static int questionEnd(byte[] message) {
        try {
            int end = skipName(message, HEADER) + 4;
            return u16(message, 4) == 1 && end <= message.length ? end : -1;
        } catch (IndexOutOfBoundsException e) {
            return -1;
        }
    }

    private static void check(byte[] query, byte[] response) {
        if (u16(query, 0) != u16(response, 0)) {
            complain("has another ID", query, response);
        }
        if ((response[2] & 0x80) == 0 || (query[2] & 0x80) != 0) {
            complain("is no response, or answers one", query, response);
        }
        if (response.length == HEADER) {
            return;
        }
        if (u16(response, 4) == 0 && u16(response, 6) == 0 && u16(response, 8) == 0) {
            checkOptAlone(query, response);
            return;
        }
        int end = questionEnd(query);
        if (end < 0 || u16(response, 4) != 1) {
            complain("answers what is no question", query, response);
        }
        for (int i = HEADER; i < end; i++) {
            if (query[i] != response[i]) {
                complain("repeats another question", query, response);
            }
        }
        checkRecords(query, end, response);
    }

    /** An error without question and with its OPT record (RFC 6891, section 7). */
    private static void checkOptAlone(byte[] query, byte[] response) {
        if (u16(response, 10) != 1
                || response[HEADER] != 0
                || u16(response, HEADER + 1) != OPT
                || HEADER + 11 + u16(response, HEADER + 9) != response.length
                || response.length > SMALLEST_PAYLOAD) {
            complain("has something else than an OPT record", query, response);
        }
    }

    private static void checkRecords(byte[] query, int questionEnd, byte[] response) {
        int at = questionEnd;
        int options = 0;
        for (int records = u16(response, 6) + u16(response, 8) + u16(response, 10); records > 0; records--) {
            at = skipName(response, at);
            int type = u16(response, at);
            int length = u16(response, at + 8);
            options += type == OPT ? 1 : 0;
            if (type == AAAA && isForDns64(query, questionEnd) && isMapped(response, at + 10)) {
                complain("shows an IPv4-mapped address", query, response);
            }
            at += 10 + length;
        }
        if (at != response.length) {
            complain("does not end where its records end", query, response);
        }
        int payload = payload(query, questionEnd);
        if (options > (payload < 0 ? 0 : 1)) {
            complain("has an OPT record that nobody asked for", query, response);
        }
        if (response.length > Math.clamp(payload, SMALLEST_PAYLOAD, LARGEST_PAYLOAD)) {
            complain("is larger than its client takes", query, response);
        }
    }

    /** A question about AAAA records of class IN, whose asker does not check signatures himself. */
    private static boolean isForDns64(byte[] query, int questionEnd) {
        return u16(query, questionEnd - 4) == AAAA
                && u16(query, questionEnd - 2) == 1
                && (query[3] & CHECKING_DISABLED) == 0;
    }

    /** What the OPT record of the query allows, or -1 without one. */
    private static int payload(byte[] query, int at) {
        int payload = -1;
        for (int records = u16(query, 6) + u16(query, 8) + u16(query, 10); records > 0; records--) {
            at = skipName(query, at);
            payload = u16(query, at) == OPT ? u16(query, at + 2) : payload;
            at += 10 + u16(query, at + 8);
        }
        return payload;
    }

    private static boolean isMapped(byte[] message, int at) {
        for (int i = 0; i < 12; i++) {
            if (message[at + i] != (byte) (i < 10 ? 0 : 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** Where the name ends that begins there; its pointers must lead backwards to names that end. */
    private static int skipName(byte[] message, int start) {
        int at = start;
        int end = -1;
        for (int jumps = 0; jumps < MOST_JUMPS; ) {
            int length = message[at] & 0xff;
            if (length >= 0xc0) {
                end = end < 0 ? at + 2 : end;
                int to = u16(message, at) & 0x3fff;
                if (to >= at) {
                    throw new IndexOutOfBoundsException("a pointer that leads nowhere");
                }
                at = to;
                jumps++;
            } else if (length > 63) {
                throw new IndexOutOfBoundsException("a label of no kind");
            } else if (length == 0) {
                return end < 0 ? at + 1 : end;
            } else {
                at += 1 + length;
            }
        }
        throw new IndexOutOfBoundsException("too many pointers");
    }

    private static int u16(byte[] message, int at) {
        return (message[at] & 0xff) << 8 | (message[at + 1] & 0xff);
    }

    private static void complain(String what, byte[] query, byte[] response) {
        fail("the response %s%nquery    %s%nresponse %s"
                .formatted(what, HexFormat.of().formatHex(query), HexFormat.of().formatHex(response)));
    }
}
