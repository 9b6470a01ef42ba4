// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The format of a snapshot, the highest byte of a number first:
 *
 * <pre>
 * head:   magic (8 bytes)  version (4)  number of Pref64s (4)  boot (16)  at (8)  pairing (8)
 *         of each Pref64: prefix (16)  length (4)
 *         CRC-32C of the head (4)
 * blocks: number of records (4)  records before this block (8)
 *         the records, 44 bytes each: RecordLayout
 *         CRC-32C of the block (4)
 * end:    a block without records; nothing follows
 * </pre>
 */
final class SnapshotFormat {

    static final long MAGIC = 0x4e41_5436_3453_4553L; // NAT64SES
    static final int VERSION = 2;
    static final int HEAD_BYTES = 48; // before the Pref64s
    static final int PREF64_BYTES = 20;
    static final int BLOCK_BYTES = 12; // before the records
    static final int CHECKSUM_BYTES = 4;

    /** Records in a block at most. */
    static final int MOST_RECORDS = 1 << 16;

    private SnapshotFormat() {}

    /** Of what remains in a buffer, which stays as it is. */
    static int checksum(ByteBuffer... parts) {
        var crc = new CRC32C();
        for (var part : parts) {
            crc.update(part.duplicate());
        }
        return (int) crc.getValue();
    }
}
