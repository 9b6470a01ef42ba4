// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The records of a response that belong to its question: the aliases from the name that was asked for, in their order
 * (RFC 2181, section 10.1; RFC 6672, section 3.1), the records at their end, and what may stand in the other sections.
 * The time grows with the number of records; sets and chains that are too long for that are refused. For one response.
 */
final class RelevantRecords {

    /** Records of one type at one name, as BIND takes by default. */
    static final int MOST_IN_SET = 100;

    /** Aliases of one chain, as resolvers follow. */
    static final int MOST_ALIASES = 16;

    /** Records of the authority section: denials with their proofs have far fewer. */
    static final int MOST_IN_AUTHORITY = 64;

    private static final Set<Integer> AUTHORITY = Set.of(Type.SOA, Type.NS, Type.DS, Type.NSEC, Type.NSEC3);

    private final Message response;
    private final Question question;
    private final Map<Name, List<Record>> answerByName = new HashMap<>(); // names compare, so bad hashes do no harm
    private final List<Record> answer = new ArrayList<>();
    private final Set<Name> chain = new HashSet<>();
    private Name end;

    private RelevantRecords(Message response, Question question) {
        this.response = response;
        this.question = question;
        this.end = question.name();
    }

    /** The sections, or null if they contradict themselves or have too much of something. */
    static @Nullable Sections of(Message response, Question question) {
        return new RelevantRecords(response, question).sections();
    }

    private @Nullable Sections sections() {
        boolean hasDname = false;
        for (var record : response.getSection(Section.ANSWER)) {
            if (record.getDClass() == question.dclass()) {
                answerByName
                        .computeIfAbsent(record.getName(), _ -> new ArrayList<>())
                        .add(record);
                hasDname |= record instanceof DNAMERecord;
            }
        }
        if (!followAliases(hasDname)) {
            return null;
        }
        var authority = authority();
        return new Sections(answer, authority, additional(authority));
    }

    private boolean followAliases(boolean hasDname) {
        chain.add(end);
        while (true) {
            var dname = hasDname ? dnameAbove(end) : null;
            var alias = dname == null ? alias() : aliasBy(dname);
            if (alias == null) {
                return dname == null && addAskedFor();
            }
            if (question.type() == Type.CNAME) {
                return true;
            }
            end = alias.getTarget();
            if (!chain.add(end) || chain.size() > MOST_ALIASES + 1) {
                return false;
            }
        }
    }

    /** Adds what was asked for at the end of the chain; false if it is too much. */
    private boolean addAskedFor() {
        return question.type() == Type.ANY ? addAll() : addSet(end, question.type());
    }

    private boolean addAll() {
        var perType = new HashMap<Integer, Integer>();
        for (var record : distinct(recordsAt(end))) {
            if (perType.merge(record.getType(), 1, Integer::sum) > MOST_IN_SET) {
                return false;
            }
            answer.add(record);
        }
        return true;
    }

    /** Adds the set of a type and the signatures over it; false if they are too many. */
    private boolean addSet(Name name, int type) {
        var records = new ArrayList<Record>();
        var signatures = new ArrayList<Record>();
        for (var record : recordsAt(name)) {
            if (record.getType() == type) {
                records.add(record);
            } else if (record instanceof RRSIGRecord signature && signature.getTypeCovered() == type) {
                signatures.add(record);
            }
        }
        if (records.size() > MOST_IN_SET || signatures.size() > MOST_IN_SET) {
            return false;
        }
        answer.addAll(distinct(records));
        answer.addAll(distinct(signatures));
        return true;
    }

    /** The alias at the end of the chain, which it then is part of; null if there is none, or no need of it. */
    private @Nullable CNAMERecord alias() {
        CNAMERecord first = null;
        for (var record : recordsAt(end)) {
            if (record.getType() == question.type() || question.type() == Type.ANY) {
                return null;
            }
            if (first == null && record instanceof CNAMERecord alias) {
                first = alias;
            }
        }
        if (first != null) {
            answer.add(first);
            addSignaturesOverAlias();
        }
        return first;
    }

    private void addSignaturesOverAlias() {
        recordsAt(end).stream()
                .filter(record -> record instanceof RRSIGRecord signature && signature.getTypeCovered() == Type.CNAME)
                .limit(MOST_IN_SET)
                .forEach(answer::add);
    }

    /** RFC 6672, section 2.3: the nearest one above counts. */
    private @Nullable DNAMERecord dnameAbove(Name name) {
        for (int cut = 1; cut < name.labels(); cut++) {
            for (var record : recordsAt(new Name(name, cut))) {
                if (record instanceof DNAMERecord dname) {
                    return dname;
                }
            }
        }
        return null;
    }

    /** The alias that the DNAME makes; it comes with the response, or is made here. Null if there can be none. */
    private @Nullable CNAMERecord aliasBy(DNAMERecord dname) {
        Name target;
        try {
            target = end.fromDNAME(dname);
        } catch (NameTooLongException _) {
            return null;
        }
        boolean isKnown = answer.contains(dname);
        if (!isKnown && !addSet(dname.getName(), Type.DNAME)) {
            return null;
        }
        for (var record : recordsAt(end)) {
            if (record instanceof CNAMERecord alias && alias.getTarget().equals(target)) {
                answer.add(alias);
                return alias;
            }
        }
        var made = new CNAMERecord(end, dname.getDClass(), dname.getTTL(), target);
        answer.add(made);
        return made;
    }

    private List<Record> recordsAt(Name name) {
        return answerByName.getOrDefault(name, List.of());
    }

    private List<Record> authority() {
        var records = response.getSection(Section.AUTHORITY);
        boolean denies = response.getRcode() == Rcode.NXDOMAIN
                || (response.getSection(Section.ANSWER).isEmpty()
                        && records.stream().anyMatch(record -> record.getType() == Type.SOA));
        var relevant = new ArrayList<Record>();
        Name zone = null;
        for (var record : records) {
            int type = record.getRRsetType(); // of a signature, the type that it is over
            if (!AUTHORITY.contains(type) || (type == Type.NS && (denies || !end.subdomain(record.getName())))) {
                continue;
            }
            if (type == Type.NS) {
                zone = zone == null ? record.getName() : zone;
                if (!record.getName().equals(zone)) {
                    continue;
                }
            }
            relevant.add(record);
            if (relevant.size() == MOST_IN_AUTHORITY) {
                break;
            }
        }
        return distinct(relevant);
    }

    /** Addresses of the servers and hosts that the other sections name. */
    private List<Record> additional(List<Record> authority) {
        var additional = response.getSection(Section.ADDITIONAL);
        if (additional.isEmpty()) {
            return additional;
        }
        var named = new HashSet<Name>();
        addNamed(answer, named);
        addNamed(authority, named);
        return distinct(Sections.where(additional, record -> switch (record.getRRsetType()) {
            case Type.A, Type.AAAA -> named.contains(record.getName());
            default -> false;
        }));
    }

    private static void addNamed(List<Record> records, Set<Name> named) {
        for (var record : records) {
            var name = record.getAdditionalName();
            if (name != null) {
                named.add(name);
            }
        }
    }

    /** Each record once, in the same order. A tree, because whoever makes the records can choose their hashes. */
    private static List<Record> distinct(List<Record> records) {
        if (records.size() < 2) {
            return records;
        }
        var seen = new TreeSet<Record>();
        var distinct = new ArrayList<Record>(records.size());
        for (var record : records) {
            if (seen.add(record)) {
                distinct.add(record);
            }
        }
        return distinct;
    }
}
