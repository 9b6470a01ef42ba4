// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.MessageBounds;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Turns the message of an upstream into an outcome, and leaves behind all that does not belong to the question.
 * Sections are secure if the upstream says so (the AD bit); the layers above decide whether that counts.
 */
public final class AnswerReader {

    private static final long MAX_TTL = TimeUnit.DAYS.toSeconds(7); // RFC 8767, section 4
    private static final long LARGEST_TTL = 0x7fff_ffffL; // RFC 2181, section 8: anything above counts as zero

    private static final int FEW = 16; // records of one set, as nearly all sets have

    private static final int NOT_BOGUS = -1;

    /** What may lead to the name that is denied. */
    private static final Set<Integer> ALIASES = Set.of(Type.CNAME, Type.DNAME, Type.RRSIG);

    /** All that a denial consists of (RFC 2308, section 2; RFC 4035, section 3.1.3): other records prove nothing. */
    private static final Set<Integer> DENIAL = Set.of(Type.SOA, Type.NSEC, Type.NSEC3, Type.RRSIG);

    /** Records of one response: sixteen aliases with their signatures, and the largest set, have fewer. */
    private static final int MOST_RECORDS = 400;

    /** Labels, strings and other parts of all its records: a hundred names of IPv6 hosts have fewer. */
    private static final int MOST_PARTS = 8192;

    private AnswerReader() {}

    /** Whether a response may be parsed: those of honest servers may, and all of them take little processor time. */
    public static boolean admits(byte[] response) {
        return MessageBounds.admits(response, MOST_RECORDS, MOST_PARTS);
    }

    public static Outcome read(Message response, Question question) {
        int rcode = response.getRcode();
        if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
            int bogus = rcode == Rcode.SERVFAIL ? bogus(response) : NOT_BOGUS;
            if (bogus != NOT_BOGUS) {
                return new Outcome.Bogus(bogus);
            }
            return new Outcome.Failure(rcode);
        }
        var own = hasOnlyOwn(response, question) ? sections(response) : RelevantRecords.of(response, question);
        if (own == null || response.getHeader().getFlag(Flags.TC)) {
            return new Outcome.Failure(Rcode.SERVFAIL);
        }
        var sections = withTtlOfDname(own.map(AnswerReader::withSaneTtl))
                .withSecure(response.getHeader().getFlag(Flags.AD));
        if (question.type() != Type.CNAME && sections.answers(Type.CNAME) && hasAliasLoop(response, question)) {
            return new Outcome.Failure(Rcode.SERVFAIL);
        }
        if (rcode == Rcode.NOERROR
                && (sections.answers(question.type())
                        || (question.type() == Type.ANY && !sections.answer().isEmpty()))) {
            return new Outcome.Data(sections);
        }
        var denial = negative(sections);
        if (denial.answer().isEmpty() && isLame(response)) {
            return new Outcome.Failure(Rcode.SERVFAIL);
        }
        return rcode == Rcode.NXDOMAIN ? new Outcome.NxDomain(denial) : new Outcome.NoData(denial);
    }

    /** In whatever order its records stand. */
    private static boolean hasAliasLoop(Message response, Question question) {
        return new Sections(response.getSection(Section.ANSWER), List.of(), List.of()).hasAliasLoop(question.name());
    }

    /**
     * Whether a response without records for the question denies nothing, so that another server has to be asked: a
     * referral (RFC 2308, section 2.2: NS records and no SOA record), records of other names only, or the response of a
     * server that neither has the zone nor asks others.
     */
    private static boolean isLame(Message response) {
        var authority = response.getSection(Section.AUTHORITY);
        if (has(Type.SOA, authority)) {
            return false;
        }
        var header = response.getHeader();
        boolean knows = header.getFlag(Flags.AA) || header.getFlag(Flags.RA);
        boolean denies = response.getRcode() == Rcode.NXDOMAIN
                || (!has(Type.NS, authority)
                        && response.getSection(Section.ANSWER).isEmpty());
        return !knows || !denies;
    }

    private static boolean has(int type, List<Record> records) {
        return records.stream().anyMatch(record -> record.getType() == type);
    }

    /** Whether there is nothing to be taken out. That costs less to see than it costs to take things out. */
    private static boolean hasOnlyOwn(Message response, Question question) {
        var answer = response.getSection(Section.ANSWER);
        if (answer.size() > FEW || hasTwins(answer)) {
            return false;
        }
        for (var record : answer) {
            if (record.getType() != question.type()
                    || record.getDClass() != question.dclass()
                    || !record.getName().equals(question.name())) {
                return false;
            }
        }
        var authority = response.getSection(Section.AUTHORITY);
        for (var record : authority) {
            if (!(record instanceof SOARecord) || !question.name().subdomain(record.getName())) {
                return false;
            }
        }
        for (var record : response.getSection(Section.ADDITIONAL)) {
            if (!(record instanceof OPTRecord)) {
                return false;
            }
        }
        return authority.size() <= 1;
    }

    private static boolean hasTwins(List<Record> records) {
        for (int i = 1; i < records.size(); i++) {
            if (records.subList(0, i).contains(records.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static List<Record> only(Set<Integer> types, List<Record> records) {
        return Sections.where(records, record -> types.contains(record.getType()));
    }

    /** The extended error that blames signatures, or {@link #NOT_BOGUS}. */
    private static int bogus(Message response) {
        var opt = response.getOPT();
        if (opt == null) {
            return NOT_BOGUS;
        }
        return opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .filter(ExtendedErrorCodeOption.class::isInstance)
                .mapToInt(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
                .filter(code ->
                        code >= ExtendedErrorCodeOption.DNSSEC_BOGUS && code <= ExtendedErrorCodeOption.NSEC_MISSING)
                .findFirst()
                .orElse(NOT_BOGUS);
    }

    private static Sections sections(Message message) {
        return new Sections(
                message.getSection(Section.ANSWER),
                message.getSection(Section.AUTHORITY),
                withoutHopByHop(message.getSection(Section.ADDITIONAL)));
    }

    private static Sections withTtlOfDname(Sections sections) {
        return sections.answers(Type.DNAME)
                ? sections.map(record -> withTtlOfDname(record, sections.answer()))
                : sections;
    }

    /** An alias that a DNAME record makes lives as long as that, also where its TTL is 0 (RFC 6672, section 3.1). */
    private static Record withTtlOfDname(Record record, List<Record> answer) {
        if (!(record instanceof CNAMERecord alias)) {
            return record;
        }
        for (var other : answer) {
            if (other instanceof DNAMERecord dname && isMadeBy(dname, alias)) {
                return Sections.withTtl(alias, dname.getTTL());
            }
        }
        return record;
    }

    private static boolean isMadeBy(DNAMERecord dname, CNAMERecord alias) {
        if (alias.getName().equals(dname.getName()) || !alias.getName().subdomain(dname.getName())) {
            return false;
        }
        try {
            return alias.getName().fromDNAME(dname).equals(alias.getTarget());
        } catch (NameTooLongException _) {
            return false;
        }
    }

    private static List<Record> withoutHopByHop(List<Record> additional) {
        return Sections.where(
                additional, r -> !(r instanceof OPTRecord) && r.getType() != Type.TSIG && r.getType() != Type.SIG);
    }

    private static Record withSaneTtl(Record record) {
        long ttl = record.getTTL();
        return Sections.withTtl(record, ttl > LARGEST_TTL ? 0 : Math.min(ttl, MAX_TTL));
    }

    /**
     * A denial lives as long as its SOA record says, so that from here on its TTL alone counts (RFC 2308, section 3).
     */
    private static Sections negative(Sections sections) {
        var denial = new Sections(only(ALIASES, sections.answer()), only(DENIAL, sections.authority()), List.of())
                .withSecure(sections.secure());
        return denial.map(
                r -> r instanceof SOARecord soa ? Sections.withTtl(soa, Math.min(soa.getTTL(), soa.getMinimum())) : r);
    }
}
