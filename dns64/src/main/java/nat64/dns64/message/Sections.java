// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * The three sections of a DNS message that follow the question (RFC 1035, section 4.1). OPT records are never among
 * them: they speak for one hop only (RFC 6891, section 6.1.1).
 *
 * @param stale whether the time of some of it was up, and upstreams had nothing newer (RFC 8767)
 * @param secure whether signatures prove all of answer and authority (RFC 4033, section 5)
 */
public record Sections(
        List<Record> answer, List<Record> authority, List<Record> additional, boolean stale, boolean secure) {

    public static final Sections EMPTY = new Sections(List.of(), List.of(), List.of());

    /** Seconds for which a client may keep what is stale (RFC 8767, section 4). */
    public static final long STALE_TTL = 30;

    private static final int TTL_AFTER_NAME = 4; // type and class stand between them

    public Sections {
        answer = List.copyOf(answer);
        authority = List.copyOf(authority);
        additional = List.copyOf(additional);
    }

    /** What is not stale, and not proven either. */
    public Sections(List<Record> answer, List<Record> authority, List<Record> additional) {
        this(answer, authority, additional, false, false);
    }

    /** How many seconds a denial may be kept: the least of the SOA's TTL and MINIMUM (RFC 2308, section 5). */
    public OptionalLong negativeTtl() {
        for (var record : authority) {
            if (record instanceof SOARecord soa) {
                return OptionalLong.of(Math.min(soa.getTTL(), soa.getMinimum()));
            }
        }
        return OptionalLong.empty();
    }

    /** The lowest TTL of all records, in seconds; none if there is no record. */
    public OptionalLong lowestTtl() {
        long lowest = Math.min(lowestTtl(answer), Math.min(lowestTtl(authority), lowestTtl(additional)));
        return lowest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(lowest);
    }

    /** The same records, {@code seconds} later. */
    public Sections aged(long seconds) {
        return seconds == 0 ? this : map(r -> withTtl(r, Math.max(0, r.getTTL() - seconds)));
    }

    /** The same records after their time is up, when they no longer prove anything. */
    public Sections outlived() {
        return map(record -> withTtl(record, STALE_TTL)).withStale(true).withSecure(false);
    }

    /** These sections with other records in the answer. */
    public Sections withAnswer(List<Record> records) {
        return new Sections(records, authority, additional, stale, secure);
    }

    /** These sections with other records in the authority section. */
    public Sections withAuthority(List<Record> records) {
        return new Sections(answer, records, additional, stale, secure);
    }

    /** These sections with other additional records. */
    public Sections withAdditional(List<Record> records) {
        return new Sections(answer, authority, records, stale, secure);
    }

    /** These sections, stale or not. */
    public Sections withStale(boolean other) {
        return other == stale ? this : new Sections(answer, authority, additional, other, secure);
    }

    /** These sections, proven or not. */
    public Sections withSecure(boolean other) {
        return other == secure ? this : new Sections(answer, authority, additional, stale, other);
    }

    /** Those records that pass. */
    public Sections where(Predicate<Record> passes) {
        var passed =
                new Sections(where(answer, passes), where(authority, passes), where(additional, passes), stale, secure);
        return passed.size() == size() ? this : passed;
    }

    /** The name that the aliases of the answer lead to from this name; the name itself if there are none. */
    public Name endOfAliases(Name start) {
        var end = start;
        for (var record : answer) {
            if (record instanceof CNAMERecord alias && alias.getName().equals(end)) {
                end = alias.getTarget();
            }
        }
        return end;
    }

    /**
     * This name and those that the aliases of the answer lead to from it, in whatever order they stand there. A name
     * that comes twice ends the path: the aliases run in a circle.
     */
    public List<Name> aliasPath(Name start) {
        var targets = new HashMap<Name, Name>();
        for (var record : answer) {
            if (record instanceof CNAMERecord alias) {
                targets.putIfAbsent(alias.getName(), alias.getTarget());
            }
        }
        var passed = new LinkedHashSet<Name>();
        for (var end = start; end != null; end = targets.get(end)) {
            if (!passed.add(end)) {
                var path = new ArrayList<>(passed);
                path.add(end);
                return path;
            }
        }
        return List.copyOf(passed);
    }

    /** Whether the aliases of the answer lead from this name into a circle. */
    public boolean hasAliasLoop(Name start) {
        var path = aliasPath(start);
        return path.indexOf(path.getLast()) < path.size() - 1;
    }

    /** Every record changed by the function. */
    public Sections map(UnaryOperator<Record> change) {
        return new Sections(map(answer, change), map(authority, change), map(additional, change), stale, secure);
    }

    /** How many records there are. */
    public int size() {
        return answer.size() + authority.size() + additional.size();
    }

    /** Whether the answer has a record of this type. */
    public boolean answers(int type) {
        for (var record : answer) {
            if (record.getType() == type) {
                return true;
            }
        }
        return false;
    }

    /** All records, in the order of a message. */
    public void forEach(Consumer<Record> action) {
        answer.forEach(action);
        authority.forEach(action);
        additional.forEach(action);
    }

    /** All records, in the order of a message. */
    public Stream<Record> records() {
        return Stream.of(answer, authority, additional).flatMap(List::stream);
    }

    /** Those records of the answer that pass. */
    public List<Record> answerWhere(Predicate<Record> passes) {
        return where(answer, passes);
    }

    private static List<Record> map(List<Record> records, UnaryOperator<Record> change) {
        if (records.isEmpty()) {
            return records;
        }
        var changed = new ArrayList<Record>(records.size());
        for (var record : records) {
            changed.add(change.apply(record));
        }
        return changed;
    }

    /** Those records that pass: the list itself, if all do. */
    public static List<Record> where(List<Record> records, Predicate<Record> passes) {
        for (var record : records) {
            if (!passes.test(record)) {
                return records.stream().filter(passes).toList();
            }
        }
        return records;
    }

    private static long lowestTtl(List<Record> records) {
        long lowest = Long.MAX_VALUE;
        for (var record : records) {
            lowest = Math.min(lowest, record.getTTL());
        }
        return lowest;
    }

    /** The same record with another TTL. dnsjava's records can't change theirs, so it goes over the wire form. */
    public static Record withTtl(Record record, long ttl) {
        if (record.getTTL() == ttl) {
            return record;
        }
        byte[] wire = record.toWire(Section.ANSWER);
        ByteBuffer.wrap(wire).putInt(record.getName().length() + TTL_AFTER_NAME, (int) ttl);
        try {
            return Record.fromWire(wire, Section.ANSWER);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read back a record that was just written: " + record, e);
        }
    }
}
