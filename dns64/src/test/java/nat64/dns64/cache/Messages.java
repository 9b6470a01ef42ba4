// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.util.List;
import nat64.dns64.testing.Records;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Queries and responses as bytes. */
final class Messages {

    private Messages() {}

    static byte[] query(String name) {
        return message(name).toWire();
    }

    static byte[] queryWithEdns(String name, int payload, boolean dnssecOk) {
        var message = message(name);
        message.addRecord(new OPTRecord(payload, 0, 0, dnssecOk ? ExtendedFlags.DO : 0), Section.ADDITIONAL);
        return message.toWire();
    }

    static byte[] queryWithOption(String name, int code, byte[] bytes) {
        var message = message(name);
        List<EDNSOption> options = List.of(new GenericEDNSOption(code, bytes));
        message.addRecord(new OPTRecord(1232, 0, 0, 0, options), Section.ADDITIONAL);
        return message.toWire();
    }

    /** A response with these records in its answer, and an OPT record if the query has one. */
    static byte[] response(byte[] query, String... answer) {
        try {
            var asked = new Message(query);
            var response = new Message(asked.getHeader().getID());
            response.getHeader().setFlag(Flags.QR);
            response.getHeader().setFlag(Flags.RD);
            response.addRecord(asked.getQuestion(), Section.QUESTION);
            Records.records(answer).forEach(record -> response.addRecord(record, Section.ANSWER));
            if (asked.getOPT() != null) {
                response.addRecord(
                        new OPTRecord(1232, 0, 0, asked.getOPT().getFlags() & ExtendedFlags.DO), Section.ADDITIONAL);
            }
            return response.toWire();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Message message(String name) {
        return Message.newQuery(Record.newRecord(Records.name(name), Type.AAAA, DClass.IN));
    }
}
