// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import java.nio.ByteBuffer;
import java.time.Instant;

/** Times as RFC 3339 has them, in UTC with milliseconds: {@code 2026-01-02T03:04:05.678Z}. One thread. */
final class Timestamps {

    private static final int MILLIS = 1000;
    private static final int SECOND_LENGTH = "2026-01-02T03:04:05".length();

    private byte[] text = new byte[0];
    private long second = Long.MIN_VALUE; // of the text: most records are of the same second as the one before

    /** @param time milliseconds since 1970 */
    void write(ByteBuffer into, long time) {
        long seconds = Math.floorDiv(time, MILLIS);
        if (seconds != second) {
            second = seconds;
            text = Ascii.bytes(Instant.ofEpochSecond(seconds).toString());
        }
        into.put(text, 0, SECOND_LENGTH).put((byte) '.');
        Ascii.decimal(into, Math.floorMod(time, MILLIS), 3);
        into.put((byte) 'Z');
    }
}
