// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import nat64.translator.address.Pref64s;

/** Writes a snapshot from records: the head, blocks, the end. One thread. */
public final class SnapshotWriter {

    private final WritableByteChannel channel;
    private final ByteBuffer small;
    private long records;

    /**
     * Writes the head.
     *
     * @param channel a blocking one
     */
    public SnapshotWriter(WritableByteChannel channel, SnapshotHeader header) throws IOException {
        this.channel = channel;
        int most = Pref64s.MOST * SnapshotFormat.PREF64_BYTES;
        small = ByteBuffer.allocate(SnapshotFormat.HEAD_BYTES + most + SnapshotFormat.CHECKSUM_BYTES);
        var pref64s = header.pref64s();
        small.putLong(SnapshotFormat.MAGIC).putInt(SnapshotFormat.VERSION).putInt(pref64s.size());
        small.putLong(header.boot().getMostSignificantBits());
        small.putLong(header.boot().getLeastSignificantBits());
        small.putLong(header.at()).putLong(header.pairing());
        for (var pref64 : pref64s) {
            var prefix = pref64.prefix();
            small.putLong(prefix.high()).putLong(prefix.low()).putInt(prefix.length());
        }
        int checksum = SnapshotFormat.checksum(small.duplicate().flip());
        write(small.putInt(checksum).flip());
    }

    /** Writes a block of records. */
    public void write(RecordBuffer block) throws IOException {
        if (block.count() > 0) {
            writeBlock(block.content().asByteBuffer(), block.count());
        }
    }

    /** Writes the end; what a snapshot lacks without it is not noticed before it is read. */
    public void end() throws IOException {
        writeBlock(ByteBuffer.allocate(0), 0);
    }

    /** How many records have been written. */
    public long records() {
        return records;
    }

    private void writeBlock(ByteBuffer content, int count) throws IOException {
        small.clear().putInt(count).putLong(records).flip();
        int checksum = SnapshotFormat.checksum(small, content);
        write(small);
        write(content);
        write(small.clear().putInt(checksum).flip());
        records += count;
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
