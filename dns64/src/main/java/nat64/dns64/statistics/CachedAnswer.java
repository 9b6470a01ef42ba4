// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.statistics;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * What is kept of an upstream about one question, for operators.
 *
 * @param name in lower case
 * @param type of the records that were asked for; 0 where the name does not exist, which is about every type
 * @param dnssecOk the DO bit of the question
 * @param checkingDisabled its CD bit
 * @param secondsLeft of its TTL; negative for one that is kept in case no upstream answers (RFC 8767)
 * @param records of the answer, or of a denial; TTLs are what is left of them
 */
public record CachedAnswer(
        Name name,
        int type,
        boolean dnssecOk,
        boolean checkingDisabled,
        Kind kind,
        long secondsLeft,
        List<Record> records) {

    /** What the upstream has answered. */
    public enum Kind {
        DATA,
        NODATA,
        NXDOMAIN
    }

    public CachedAnswer {
        records = List.copyOf(records);
    }
}
