// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.snapshot;

import static nat64.translator.session.snapshot.SnapshotFormat.BLOCK_BYTES;
import static nat64.translator.session.snapshot.SnapshotFormat.CHECKSUM_BYTES;
import static nat64.translator.session.snapshot.SnapshotFormat.HEAD_BYTES;
import static nat64.translator.session.snapshot.SnapshotFormat.PREF64_BYTES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.Pref64s;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.snapshot.SnapshotException.Reason;

/** A snapshot in memory. All of it was checked before any of it can be read. Immutable, if the memory is. */
public final class Snapshot {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment memory;
    private final SnapshotHeader header;
    private final long firstBlock;
    private final long records;

    /** Gets what is in a snapshot, in the order of the file. */
    public interface Reader {

        void on(SessionRecord session);

        void on(HeldPort port);
    }

    private Snapshot(MemorySegment memory, SnapshotHeader header, long firstBlock) throws SnapshotException {
        this.memory = memory;
        this.header = header;
        this.firstBlock = firstBlock;
        records = countRecords();
    }

    /**
     * Checks a snapshot.
     *
     * @param memory must stay as it is while the snapshot is used
     * @throws SnapshotException if anything is wrong with it
     */
    public static Snapshot of(MemorySegment memory) throws SnapshotException {
        require(memory, 0, HEAD_BYTES);
        if (memory.get(LONG, 0) != SnapshotFormat.MAGIC) {
            throw new SnapshotException(Reason.OTHER_FORMAT, "it is no snapshot of sessions");
        }
        int version = memory.get(INT, 8);
        if (version != SnapshotFormat.VERSION) {
            throw new SnapshotException(
                    Reason.OTHER_FORMAT, "it has version " + version + ", not " + SnapshotFormat.VERSION);
        }
        int pref64s = memory.get(INT, 12);
        if (pref64s < 1 || pref64s > Pref64s.MOST) {
            throw damaged("it has " + pref64s + " Pref64s");
        }
        long end = HEAD_BYTES + (long) pref64s * PREF64_BYTES;
        requireChecksum(memory, 0, end, "head");
        var boot = new UUID(memory.get(LONG, 16), memory.get(LONG, 24));
        var header = new SnapshotHeader(boot, memory.get(LONG, 32), memory.get(LONG, 40), pref64s(memory, pref64s));
        return new Snapshot(memory, header, end + CHECKSUM_BYTES);
    }

    public SnapshotHeader header() {
        return header;
    }

    /** How many sessions and held ports there are. */
    public long records() {
        return records;
    }

    /**
     * Hands out all there is.
     *
     * @param passed milliseconds since it was made, which count against all times left; none is negative
     */
    public void read(long passed, Reader reader) {
        long at = firstBlock;
        for (int count = memory.get(INT, at); count > 0; count = memory.get(INT, at)) {
            at += BLOCK_BYTES;
            for (int i = 0; i < count; i++) {
                RecordLayout.read(memory, at, header.pref64s(), passed, reader);
                at += RecordLayout.BYTES;
            }
            at += CHECKSUM_BYTES;
        }
    }

    private long countRecords() throws SnapshotException {
        long before = 0;
        long at = firstBlock;
        int count;
        do {
            require(memory, at, BLOCK_BYTES);
            count = memory.get(INT, at);
            if (count < 0 || count > SnapshotFormat.MOST_RECORDS || memory.get(LONG, at + 4) != before) {
                throw damaged("the block at byte " + at + " is not the next one");
            }
            long end = at + BLOCK_BYTES + (long) count * RecordLayout.BYTES;
            requireChecksum(memory, at, end, "block");
            requireValid(at + BLOCK_BYTES, end);
            before += count;
            at = end + CHECKSUM_BYTES;
        } while (count > 0);
        if (at != memory.byteSize()) {
            throw damaged("something follows its end");
        }
        return before;
    }

    private void requireValid(long begin, long end) throws SnapshotException {
        for (long at = begin; at < end; at += RecordLayout.BYTES) {
            if (!RecordLayout.isValid(memory, at, header.pref64s().size())) {
                throw damaged("the record at byte " + at + " makes no sense");
            }
        }
    }

    private static List<Pref64> pref64s(MemorySegment memory, int count) throws SnapshotException {
        var pref64s = new ArrayList<Pref64>();
        for (int i = 0; i < count; i++) {
            long at = HEAD_BYTES + (long) i * PREF64_BYTES;
            try {
                pref64s.add(new Pref64(
                        new Ipv6Prefix(memory.get(LONG, at), memory.get(LONG, at + 8), memory.get(INT, at + 16))));
            } catch (IllegalArgumentException e) {
                throw damaged("its Pref64 number " + i + " is none: " + e.getMessage());
            }
        }
        return pref64s;
    }

    private static void requireChecksum(MemorySegment memory, long begin, long end, String what)
            throws SnapshotException {
        require(memory, begin, end - begin + CHECKSUM_BYTES);
        var bytes = memory.asSlice(begin, end - begin).asByteBuffer();
        if (SnapshotFormat.checksum(bytes) != memory.get(INT, end)) {
            throw damaged("the checksum of the " + what + " at byte " + begin + " is wrong");
        }
    }

    private static void require(MemorySegment memory, long begin, long bytes) throws SnapshotException {
        if (bytes > memory.byteSize() - begin) {
            throw new SnapshotException(Reason.TRUNCATED, "it ends after " + memory.byteSize() + " bytes");
        }
    }

    private static SnapshotException damaged(String message) {
        return new SnapshotException(Reason.DAMAGED, message);
    }
}
