// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import java.io.IOException;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** For how long an HTTP cache may keep a response (RFC 8484, section 5.1). Pure. */
public final class HttpMaxAge {

    private HttpMaxAge() {}

    /** The lowest TTL of the answer; of a denial that of its SOA record (RFC 2308, section 5); 0 for all else. */
    public static long seconds(byte[] response) {
        try {
            return seconds(new Message(response));
        } catch (IOException e) {
            return 0;
        }
    }

    private static long seconds(Message response) {
        int rcode = response.getRcode();
        if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
            return 0;
        }
        var answer = response.getSection(Section.ANSWER);
        long ofAnswer = answer.stream().mapToLong(Record::getTTL).min().orElse(Long.MAX_VALUE);
        int type = response.getQuestion().getType();
        boolean isPositive = answer.stream().anyMatch(record -> record.getType() == type);
        return isPositive ? ofAnswer : Math.min(ofAnswer, ofDenial(response));
    }

    private static long ofDenial(Message response) {
        return response.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .mapToLong(soa -> Math.min(soa.getTTL(), soa.getMinimum()))
                .min()
                .orElse(0);
    }
}
