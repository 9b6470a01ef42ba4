// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import nat64.dns64.message.MessageBounds;
import nat64.dns64.message.OptRecord;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Reads what clients send (RFC 1035, section 4.1; RFC 6891, section 6.1). Any bytes are fine: it never throws. */
final class QueryReader {

    private static final int FLAGS = 2;
    private static final int RESPONSE_BIT = 0x80;
    private static final int TRUNCATED_BIT = 0x02;
    private static final Incoming MALFORMED = new Incoming.Invalid(Rcode.FORMERR, AnswerReason.MALFORMED);

    private static final Incoming BAD_VERSION = new Incoming.Invalid(Rcode.BADVERS, AnswerReason.BAD_VERSION);

    /** A question, and what may come with it: OPT, TSIG or SIG, the SOA record of a transfer, NOTIFY or UPDATE. */
    private static final int MOST_RECORDS = 16;

    /** Labels, options and other parts of all of them: an OPT record may have 4 KiB of options. */
    private static final int MOST_PARTS = 2048;

    private QueryReader() {}

    static Incoming read(byte[] message, Transport transport) {
        if (message.length < Header.LENGTH) {
            return new Incoming.Ignored(DropReason.TOO_SHORT);
        }
        if ((message[FLAGS] & RESPONSE_BIT) != 0) {
            return new Incoming.Ignored(DropReason.RESPONSE);
        }
        if (((message[FLAGS] >>> 3) & 0xf) != Opcode.QUERY) {
            return new Incoming.Invalid(Rcode.NOTIMP, AnswerReason.NOT_IMPLEMENTED);
        }
        if (startsWithPointer(message) || !MessageBounds.admits(message, MOST_RECORDS, MOST_PARTS)) {
            return MALFORMED;
        }
        try {
            return read(new Message(untruncated(message)), transport);
        } catch (IOException | RuntimeException e) { // dnsjava throws either at bytes that make no sense
            return hasOtherVersion(message) ? BAD_VERSION : MALFORMED;
        }
    }

    /** What the options of another version of EDNS look like is not known here (RFC 6891, section 6.1.3). */
    private static boolean hasOtherVersion(byte[] message) {
        int opt = OptRecord.find(message);
        return opt >= 0 && OptRecord.version(message, opt) > 0;
    }

    private static Incoming read(Message message, Transport transport) {
        var questions = message.getSection(Section.QUESTION);
        var options = options(message);
        if (options.size() > 1
                || (!options.isEmpty() && !options.getFirst().getName().equals(Name.root))) {
            return MALFORMED;
        }
        var edns = edns(options);
        if (questions.isEmpty() && edns != null && edns.version() == 0 && edns.cookies() != null) {
            return new Incoming.OnlyCookies(edns.cookies());
        }
        if (questions.size() != 1) {
            return MALFORMED;
        }
        var header = message.getHeader();
        return new Incoming.Valid(new Query(
                header.getID(),
                questions.getFirst(),
                header.getFlag(Flags.RD),
                header.getFlag(Flags.CD),
                header.getFlag(Flags.AD),
                edns,
                transport));
    }

    private static List<OPTRecord> options(Message message) {
        var options = new ArrayList<OPTRecord>(1);
        for (var record : message.getSection(Section.ADDITIONAL)) {
            if (record instanceof OPTRecord option) {
                options.add(option);
            }
        }
        return options;
    }

    private static Query.@Nullable Edns edns(List<OPTRecord> options) {
        if (options.isEmpty()) {
            return null;
        }
        var option = options.getFirst();
        var cookies = option.getOptions(EDNSOption.Code.COOKIE);
        return new Query.Edns(
                option.getVersion(),
                option.getPayloadSize(),
                (option.getFlags() & ExtendedFlags.DO) != 0,
                cookies.isEmpty() ? null : (CookieOption) cookies.getFirst(), // the first counts: RFC 7873, section 5.2
                !option.getOptions(EDNSOption.Code.TCP_KEEPALIVE).isEmpty(),
                !option.getOptions(EDNSOption.Code.PADDING).isEmpty());
    }

    /** Only the header precedes the first name, and it holds no name (RFC 1035, section 4.1.4). */
    private static boolean startsWithPointer(byte[] message) {
        int at = Header.LENGTH;
        while (at < message.length && message[at] > 0) {
            at += 1 + message[at];
        }
        return at < message.length && message[at] < 0;
    }

    /** dnsjava forgives a cut message if its TC bit is set. A query has no use for the bit, so it is taken away. */
    private static byte[] untruncated(byte[] message) {
        if ((message[FLAGS] & TRUNCATED_BIT) == 0) {
            return message;
        }
        byte[] copy = message.clone();
        copy[FLAGS] &= (byte) ~TRUNCATED_BIT;
        return copy;
    }
}
