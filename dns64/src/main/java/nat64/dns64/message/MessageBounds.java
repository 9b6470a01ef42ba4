// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

/**
 * What a message may cost its parser, seen in its bytes before anything is made of them: its records, and all that a
 * parser makes or follows one by one, called parts here: the labels and compression pointers of names (RFC 1035,
 * section 4.1.4), strings, options, bits for types. One pass whose length these bounds limit; no objects. Pure.
 */
public final class MessageBounds {

    private static final int QUESTION_COUNT = 4;
    private static final int FIRST_RECORD_COUNT = 6;
    private static final int QUESTION_AFTER_NAME = 4;
    private static final int LENGTH_AFTER_NAME = 8;
    private static final int DATA_AFTER_NAME = 10;
    private static final int POINTER = 0xc0;
    private static final int FARTHEST_POINTER = 0x3fff;
    private static final int LONGEST_LABEL = 0x3f;

    /** The longest message that may have records whose data has names in places that only their parser knows. */
    private static final int LARGEST_WITH_HIDDEN_NAMES = 4096;

    private static final int NO_NAME = -1;
    private static final int HIDDEN_NAMES = -2;
    private static final int NAPTR = 35;

    private final byte[] message;
    private final int mostParts;
    private int parts;

    private MessageBounds(byte[] message, int mostParts) {
        this.message = message;
        this.mostParts = mostParts;
    }

    /**
     * Whether the message keeps to the bounds. One that is not well-formed is looked at up to the fault, where its
     * parser ends, too.
     *
     * @param mostRecords questions included
     * @param mostParts of all records together
     */
    public static boolean admits(byte[] message, int mostRecords, int mostParts) {
        if (message.length < MessageLimits.HEADER) {
            return true;
        }
        int questions = BigEndian.uint16(message, QUESTION_COUNT);
        int records = 0;
        for (int section = 0; section < 3; section++) {
            records += BigEndian.uint16(message, FIRST_RECORD_COUNT + Short.BYTES * section);
        }
        return questions + records <= mostRecords && new MessageBounds(message, mostParts).admits(questions, records);
    }

    private boolean admits(int questions, int records) {
        int at = MessageLimits.HEADER;
        for (int i = 0; i < questions; i++) {
            at = followName(at) + QUESTION_AFTER_NAME;
        }
        for (int i = 0; i < records && at < message.length && parts <= mostParts; i++) {
            int name = followName(at);
            int data = name + DATA_AFTER_NAME;
            if (data > message.length) {
                break;
            }
            int end = data + BigEndian.uint16(message, name + LENGTH_AFTER_NAME);
            int type = BigEndian.uint16(message, name);
            if (!followNamesOfData(type, data, Math.min(end, message.length))) {
                return false;
            }
            countParts(type, data, Math.min(end, message.length));
            at = end;
        }
        return parts <= mostParts;
    }

    /** False if there may be more names than can be found here. */
    private boolean followNamesOfData(int type, int data, int end) {
        int first = firstName(type);
        if (first == HIDDEN_NAMES) {
            return message.length <= LARGEST_WITH_HIDDEN_NAMES;
        }
        if (first == NO_NAME) {
            return true;
        }
        int at = data + (type == NAPTR ? stringsOfNaptr(data, end) : first);
        for (int i = 0; i < names(type) && at < end; i++) {
            at = followName(at);
        }
        return true;
    }

    private void countParts(int type, int data, int end) {
        parts += switch (type) {
            case 16, 99 -> strings(data, end); // TXT, SPF
            case 41, 42, 64, 65 -> (end - data) / Integer.BYTES; // OPT, APL, SVCB, HTTPS: options have at least 4 bytes
            case 11, 30, 47, 50, 62 -> end - data; // WKS, NXT, NSEC, NSEC3, CSYNC: 8 bits in each byte
            default -> 0;
        };
    }

    private int strings(int data, int end) {
        int strings = 0;
        for (int at = data; at < end; at += 1 + (message[at] & 0xff)) {
            strings++;
        }
        return strings;
    }

    /** Bytes before the first name in the data of a record. */
    private static int firstName(int type) {
        return switch (type) {
            // NS, MD, MF, CNAME, SOA, MB, MG, MR, PTR, MINFO, RP, NXT, DNAME, NSEC, TKEY, TSIG
            case 2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 17, 30, 39, 47, 249, 250 -> 0;
            case 15, 18, 21, 26, 36, 64, 65, 107 -> 2; // MX, AFSDB, RT, PX, KX, SVCB, HTTPS, LP
            case 33 -> 6; // SRV
            case 24, 46 -> 18; // SIG, RRSIG
            case NAPTR -> 0;
            case 38, 45, 55, 58, 260 -> HIDDEN_NAMES; // A6, IPSECKEY, HIP, TALINK, AMTRELAY
            default -> NO_NAME;
        };
    }

    private static int names(int type) {
        return switch (type) {
            case 6, 14, 17, 26 -> 2; // SOA, MINFO, RP, PX
            default -> 1;
        };
    }

    /** Bytes before the name: order and preference, then three strings with their lengths (RFC 3403, section 4.1). */
    private int stringsOfNaptr(int data, int end) {
        int at = data + 2 * Short.BYTES;
        for (int i = 0; i < 3 && at < end; i++) {
            at += 1 + (message[at] & 0xff);
        }
        return at - data;
    }

    /** Counts labels and pointers, and returns where the bytes of the name itself end. */
    private int followName(int start) {
        int at = start;
        int end = 0;
        while (at < message.length && parts <= mostParts) {
            parts++;
            int octet = message[at] & 0xff;
            if (octet == 0) {
                return end == 0 ? at + 1 : end;
            }
            if (octet >= POINTER) {
                end = end == 0 ? at + 2 : end;
                int target = at + 1 < message.length ? BigEndian.uint16(message, at) & FARTHEST_POINTER : at;
                if (target >= at) { // only what precedes can be pointed to: the parser ends here
                    return message.length;
                }
                at = target;
            } else if (octet > LONGEST_LABEL) {
                return message.length;
            } else {
                at += 1 + octet;
            }
        }
        return message.length;
    }
}
