// SPDX-License-Identifier: Apache-2.0
package nat64.translator.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.snapshot.Snapshot;
import nat64.translator.session.snapshot.SnapshotException;
import org.junit.jupiter.api.Tag;

/**
 * The reader of kept sessions under a fuzzer: any bytes are refused as a whole, or everything in them can be read. Half
 * of the inputs get right checksums, as chance finds none.
 */
class SnapshotFuzzTest {

    private static final int HEAD = 48;
    private static final int PREF64 = 20;
    private static final int BLOCK = 12;
    private static final int RECORD = 40;

    @FuzzTest(maxDuration = "10s")
    @Tag("short")
    void readsAllOrNothing(byte[] input) {
        run(input);
    }

    @FuzzTest(maxDuration = "1h")
    @Tag("long")
    void readsAllOrNothingForAnHour(byte[] input) {
        run(input);
    }

    private static void run(byte[] input) {
        if (input.length < 1) {
            return;
        }
        var bytes = Arrays.copyOfRange(input, 1, input.length);
        read((input[0] & 1) == 0 ? bytes : withChecksums(bytes));
    }

    private static void read(byte[] bytes) {
        try {
            var snapshot = Snapshot.of(MemorySegment.ofArray(bytes));
            var count = new Count();
            snapshot.read(1_000, count);
            if (count.records != snapshot.records()) {
                throw new AssertionError(count.records + " of " + snapshot.records() + " records");
            }
        } catch (SnapshotException e) {
            if (e.reason().label().isEmpty()) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }

    /** With a head and blocks that are complete, as far as the bytes go. */
    private static byte[] withChecksums(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < HEAD) {
            return bytes;
        }
        buffer.putLong(0, 0x4e41543634534553L).putInt(8, 1).putInt(12, 1 + (bytes[15] & 3));
        int at = HEAD + buffer.getInt(12) * PREF64;
        seal(buffer, 0, at);
        at += 4;
        long before = 0;
        while (at + BLOCK + 4 <= bytes.length) {
            int fits = (bytes.length - at - BLOCK - 4) / RECORD;
            int count = Math.min(fits, bytes[at + 3] & 7);
            buffer.putInt(at, count).putLong(at + 4, before);
            seal(buffer, at, at + BLOCK + count * RECORD);
            at += BLOCK + count * RECORD + 4;
            before += count;
            if (count == 0) {
                return Arrays.copyOf(bytes, at);
            }
        }
        return bytes;
    }

    private static void seal(ByteBuffer buffer, int begin, int end) {
        if (end + 4 <= buffer.capacity()) {
            var crc = new CRC32C();
            crc.update(buffer.slice(begin, end - begin));
            buffer.putInt(end, (int) crc.getValue());
        }
    }

    private static final class Count implements Snapshot.Reader {

        private long records;

        @Override
        public void on(SessionRecord session) {
            records++;
            if (session.state().timeLeft().isNegative() || session.toString().isEmpty()) {
                throw new AssertionError(session);
            }
        }

        @Override
        public void on(HeldPort port) {
            records++;
            if (port.timeLeft().isNegative()) {
                throw new AssertionError(port);
            }
        }
    }
}
