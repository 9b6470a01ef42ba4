// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.nio.ByteBuffer;
import java.util.List;
import nat64.dns64.message.MessageLimits;
import nat64.dns64.message.OptRecord;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Writes responses (RFC 1035, section 4.1; RFC 6891, section 6.1). */
final class ResponseWriter {

    /** What clients may send over UDP. */
    private static final int RCODE_IN_HEADER = 0xf;

    private static final int RCODE_BITS_IN_HEADER = 4;
    private static final int OPCODE_AND_RECURSION = 0x79;
    private static final int RESPONSE = 0x80;
    private static final byte TRUNCATED = 0x02;
    private static final int ANSWER_COUNT = 6;
    private static final int ADDITIONAL_COUNT = 10;
    private static final int DNSSEC_OK = 0x80;

    private ResponseWriter() {}

    /**
     * A header, and an OPT record without options if there is one in the message, however malformed (RFC 6891, sections
     * 6.1.1 and 7); for a message of at least a header that says little else.
     */
    static byte[] headerOnly(byte[] message, int rcode) {
        int opt = OptRecord.find(message);
        byte[] response = new byte[Header.LENGTH + (opt < 0 ? 0 : OptRecord.LENGTH)];
        response[0] = message[0];
        response[1] = message[1];
        response[2] = (byte) (RESPONSE | (message[2] & OPCODE_AND_RECURSION));
        response[3] = (byte) (rcode & RCODE_IN_HEADER);
        if (opt >= 0) {
            response[ADDITIONAL_COUNT + 1] = 1;
            int flags = OptRecord.flags(message, opt) & DNSSEC_OK; // repeated (RFC 3225, section 3)
            OptRecord.write(response, Header.LENGTH, rcode >>> RCODE_BITS_IN_HEADER, flags);
        }
        return response;
    }

    /** The same response with the TC bit. */
    static byte[] truncated(byte[] response) {
        response[2] |= TRUNCATED;
        return response;
    }

    /**
     * The response, within the limit of the query. What the client can do without goes first: the extended error, the
     * additional records, the authority of a positive answer; then whole RRsets, and the TC bit says so (RFC 2181,
     * section 9).
     */
    static byte[] write(Query query, Answer answer) {
        int limit = query.responseLimit(); // no byte is written beyond it: the rest may be long
        byte[] whole = message(query, answer, true, answer.error()).toWire(limit);
        if (answer.error() != null && !isWhole(query, answer, whole)) {
            whole = message(query, answer, true, null).toWire(limit);
        }
        return isWhole(query, answer, whole)
                ? whole
                : message(query, answer, false, null).toWire(limit);
    }

    /** Whether nothing of the answer had to be left out. */
    static boolean isWhole(Query query, Answer answer, byte[] response) {
        var counts = ByteBuffer.wrap(response, ANSWER_COUNT, 3 * Short.BYTES);
        int written = counts.getShort() + counts.getShort() + counts.getShort();
        return written == answer.sections().size() + (query.edns() == null ? 0 : 1);
    }

    /** Bytes of the options at the end of a whole response to a query with EDNS. */
    static int optionsLength(Answer answer) {
        return answer.error() == null ? 0 : answer.error().toWire().length;
    }

    private static Message message(Query query, Answer answer, boolean whole, @Nullable EDNSOption error) {
        var message = new Message(query.id());
        setFlags(message.getHeader(), query, answer);
        message.addRecord(query.question(), Section.QUESTION);
        var sections = answer.sections();
        add(message, sections.answer(), Section.ANSWER);
        if (whole || sections.answer().isEmpty()) {
            add(message, sections.authority(), Section.AUTHORITY);
        }
        if (whole) {
            add(message, sections.additional(), Section.ADDITIONAL);
        }
        if (query.edns() != null) {
            message.addRecord(options(answer.rcode(), query.edns(), error), Section.ADDITIONAL);
        }
        return message;
    }

    private static void setFlags(Header header, Query query, Answer answer) {
        header.setFlag(Flags.QR);
        header.setFlag(Flags.RA);
        if (answer.authoritative()) {
            header.setFlag(Flags.AA);
        }
        if (answer.truncated()) {
            header.setFlag(Flags.TC);
        }
        if (query.recursionDesired()) {
            header.setFlag(Flags.RD);
        }
        if (query.checkingDisabled()) {
            header.setFlag(Flags.CD);
        }
        if (answer.isAuthenticFor(query)) {
            header.setFlag(Flags.AD);
        }
        header.setRcode(answer.rcode() & RCODE_IN_HEADER);
    }

    private static void add(Message message, List<Record> records, int section) {
        records.forEach(record -> message.addRecord(record, section));
    }

    private static OPTRecord options(int rcode, Query.Edns asked, @Nullable EDNSOption error) {
        return new OPTRecord(
                MessageLimits.UDP_PAYLOAD,
                rcode >>> RCODE_BITS_IN_HEADER,
                0,
                asked.dnssecOk() ? ExtendedFlags.DO : 0,
                error == null ? List.of() : List.of(error));
    }
}
