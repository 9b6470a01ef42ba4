// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import java.nio.ByteBuffer;
import nat64.dns64.message.MessageLimits;
import nat64.dns64.message.Question;
import org.xbill.DNS.Type;

/** A question as the bytes of a query (RFC 1035, section 4.1), its ID still 0. */
public final class QueryWriter {

    static final int TYPE_AND_CLASS = 4;
    static final int OPT = 11; // RFC 6891, section 6.1.2, without options
    private static final byte CASE = 'a' ^ 'A';
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int CHECKING_DISABLED = 0x0010;
    private static final int DNSSEC_OK = 0x8000;

    private QueryWriter() {}

    public static byte[] write(Question question, boolean edns) {
        byte[] name = question.name().toWire();
        var query = ByteBuffer.allocate(MessageLimits.HEADER + name.length + TYPE_AND_CLASS + (edns ? OPT : 0));
        query.putShort((short) 0)
                .putShort((short) (RECURSION_DESIRED | (question.checkingDisabled() ? CHECKING_DISABLED : 0)))
                .putShort((short) 1)
                .putInt(0)
                .putShort((short) (edns ? 1 : 0));
        query.put(name).putShort((short) question.type()).putShort((short) question.dclass());
        if (edns) {
            query.put((byte) 0)
                    .putShort((short) Type.OPT)
                    .putShort((short) MessageLimits.UDP_PAYLOAD)
                    .putInt(question.dnssecOk() ? DNSSEC_OK : 0)
                    .putShort((short) 0);
        }
        return query.array();
    }

    /**
     * Gives each letter of the name a random case (draft-vixie-dnsext-dns0x20): one more thing that a forger must
     * guess.
     */
    static void randomizeCase(byte[] query, int questionEnd, UnpredictableNumbers random) {
        for (int i = MessageLimits.HEADER; i < questionEnd - TYPE_AND_CLASS; i++) {
            if (query[i] >= 'a' && query[i] <= 'z' && random.below(2) == 1) { // bytes of lengths are below the letters
                query[i] ^= CASE;
            }
        }
    }

    /** Where the question section of such a query ends. */
    public static int questionEnd(Question question) {
        return MessageLimits.HEADER + question.name().length() + TYPE_AND_CLASS;
    }
}
