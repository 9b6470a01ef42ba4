// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.statistics.CachedAnswer;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * An answer as bytes, to be kept for long: its records would be ten objects and more, which the garbage collector has
 * to visit and to move. Immutable.
 */
final class PackedAnswer {

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int TYPICAL_LENGTH = 128;
    private static final int TYPE_AND_CLASS = 4;
    private static final int LENGTH_AFTER_NAME = 8;
    private static final int DATA_AFTER_NAME = 10;

    private final Kind kind;
    private final boolean stale;
    private final boolean secure;
    private final short answers;
    private final short authorities;
    private final long storedNanos;
    private final long lifetimeNanos;

    /** All records, one after another, in wire format without compression (RFC 1035, section 3.2.1). */
    private final byte[] bytes;

    private enum Kind {
        DATA,
        NO_DATA,
        NX_DOMAIN
    }

    private PackedAnswer(Kind kind, Sections sections, long storedNanos, long lifetimeNanos) {
        this.kind = kind;
        this.stale = sections.stale();
        this.secure = sections.secure();
        this.answers = (short) sections.answer().size(); // of one message, which has room for far fewer than 32768
        this.authorities = (short) sections.authority().size();
        this.storedNanos = storedNanos;
        this.lifetimeNanos = lifetimeNanos;
        this.bytes = bytes(sections);
    }

    /**
     * @param lifetimeNanos the time after which it is stale
     */
    static PackedAnswer of(Outcome.Answered answer, long storedNanos, long lifetimeNanos) {
        var kind = switch (answer) {
            case Outcome.Data _ -> Kind.DATA;
            case Outcome.NoData _ -> Kind.NO_DATA;
            case Outcome.NxDomain _ -> Kind.NX_DOMAIN;
        };
        return new PackedAnswer(kind, answer.sections(), storedNanos, lifetimeNanos);
    }

    long lifetimeNanos() {
        return lifetimeNanos;
    }

    /** Nanoseconds for which it has been stale; negative if it is not. */
    long staleNanos(long nowNanos) {
        return nowNanos - storedNanos - lifetimeNanos;
    }

    /** Bytes of the records. */
    int length() {
        return bytes.length;
    }

    /** The answer as it is now: with the whole seconds that are left of its TTLs, or as a stale one. */
    Outcome.Answered unpack(long nowNanos) {
        return staleNanos(nowNanos) >= 0
                ? unpackOlder(0).outlived()
                : unpackOlder(Math.ceilDiv(nowNanos - storedNanos, NANOS_PER_SECOND));
    }

    /** For operators. */
    CachedAnswer entry(Question question, long nowNanos) {
        var answer = unpack(nowNanos);
        var kindOfEntry = switch (kind) {
            case DATA -> CachedAnswer.Kind.DATA;
            case NO_DATA -> CachedAnswer.Kind.NODATA;
            case NX_DOMAIN -> CachedAnswer.Kind.NXDOMAIN;
        };
        var records = new ArrayList<Record>();
        answer.sections().forEach(records::add);
        return new CachedAnswer(
                question.name(),
                question.type(),
                question.dnssecOk(),
                question.checkingDisabled(),
                kindOfEntry,
                -staleNanos(nowNanos) / NANOS_PER_SECOND,
                records);
    }

    private Outcome.Answered unpackOlder(long seconds) {
        var records = records(seconds);
        int additional = answers + authorities;
        var sections = new Sections(
                records.subList(0, answers),
                records.subList(answers, additional),
                records.subList(additional, records.size()),
                stale,
                secure);
        return switch (kind) {
            case DATA -> new Outcome.Data(sections);
            case NO_DATA -> new Outcome.NoData(sections);
            case NX_DOMAIN -> new Outcome.NxDomain(sections);
        };
    }

    private static byte[] bytes(Sections sections) {
        var bytes = new ByteArrayOutputStream(TYPICAL_LENGTH);
        sections.forEach(record -> bytes.writeBytes(record.toWire(Section.ANSWER)));
        return bytes.toByteArray();
    }

    private List<Record> records(long seconds) {
        var records = new ArrayList<Record>();
        var buffer = ByteBuffer.wrap(bytes);
        for (int at = 0; at < bytes.length; ) {
            int name = nameLength(at);
            int end = at + name + DATA_AFTER_NAME + Short.toUnsignedInt(buffer.getShort(at + name + LENGTH_AFTER_NAME));
            byte[] record = Arrays.copyOfRange(bytes, at, end);
            int ttl = buffer.getInt(at + name + TYPE_AND_CLASS);
            ByteBuffer.wrap(record).putInt(name + TYPE_AND_CLASS, (int) Math.max(0, ttl - seconds));
            records.add(record(record));
            at = end;
        }
        return records;
    }

    private int nameLength(int start) {
        int at = start;
        while (bytes[at] != 0) {
            at += 1 + bytes[at];
        }
        return at + 1 - start;
    }

    private static Record record(byte[] bytes) {
        try {
            return Record.fromWire(bytes, Section.ANSWER);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read back a record that was written here", e);
        }
    }
}
