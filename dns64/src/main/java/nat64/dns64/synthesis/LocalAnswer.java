// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.List;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/** An authoritative answer that no upstream is asked for. */
public record LocalAnswer(int rcode, Sections sections) {

    /** Seconds that local records may be kept: RFC 7050 asks for "sufficiently long", and names no number. */
    static final long TTL = 3600;

    private static final Name NOBODY = Name.fromConstantString("nobody.invalid.");

    static LocalAnswer data(List<Record> records) {
        return new LocalAnswer(Rcode.NOERROR, new Sections(records, List.of(), List.of()));
    }

    /** The SOA record of a zone that lives here only. */
    static LocalAnswer soa(Name zone) {
        return data(denial(zone, TTL).authority());
    }

    /** The name is in that zone, which lives here only, and has no records of the type. */
    public static LocalAnswer noData(Name zone) {
        return new LocalAnswer(Rcode.NOERROR, denial(zone, TTL));
    }

    static LocalAnswer nxDomain(Name zone) {
        return new LocalAnswer(Rcode.NXDOMAIN, denial(zone, TTL));
    }

    /** The same as if an upstream had said it. */
    public Outcome outcome() {
        if (rcode == Rcode.NXDOMAIN) {
            return new Outcome.NxDomain(sections);
        }
        return sections.answer().isEmpty() ? new Outcome.NoData(sections) : new Outcome.Data(sections);
    }

    /** What proves that something is not in a zone that lives here only, for that many seconds. */
    static Sections denial(Name zone, long ttl) {
        var soa = new SOARecord(zone, DClass.IN, ttl, zone, NOBODY, 1, TTL, TTL, 7 * 24 * TTL, ttl);
        return new Sections(List.of(), List.of(soa), List.of());
    }
}
