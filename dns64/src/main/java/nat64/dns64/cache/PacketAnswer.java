// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.BigEndian;
import nat64.dns64.message.MessageLimits;
import nat64.dns64.message.OptRecord;
import nat64.dns64.message.TtlOffsets;
import org.jspecify.annotations.Nullable;

/** A response without its OPT record, and what changes from one client to the next. */
final class PacketAnswer {

    /** Bytes in memory beside those of the array, by estimate: this object, the array's header, the slot. */
    private static final int OVERHEAD = 72;

    private static final int ADDITIONAL_COUNT = 10;
    private static final int DNSSEC_OK = 0x80;
    private static final byte[] NO_OPTIONS = {};
    private static final int LAST_PART = 10;

    /**
     * The message, the options of its OPT record, the key, and the offsets of its TTLs, of two bytes each: one object
     * where four would be work for the garbage collector.
     */
    private final byte[] bytes;

    private final short messageLength;
    private final short optionsLength;
    private final short keyLength;
    private final long storedNanos;
    private final long lifetimeNanos;
    private final AnswerKind kind;

    /** A hit sets it, the hand of the clock takes it away. Threads may see it late: then an answer goes too early. */
    private boolean used;

    private boolean renewed;

    /** From when on and for how long an answer is repeated, and what kind it is. */
    record Repeatable(long storedNanos, long lifetimeNanos, AnswerKind kind) {}

    private PacketAnswer(byte[] message, byte[] options, short[] ttls, PacketQuery query, Repeatable repeatable) {
        this.messageLength = (short) message.length; // no longer than Short.MAX_VALUE, or it would have no offsets
        this.optionsLength = (short) options.length;
        this.keyLength = (short) query.keyLength();
        this.bytes = Arrays.copyOf(message, keyAt() + keyLength + Short.BYTES * ttls.length);
        System.arraycopy(options, 0, bytes, messageLength, optionsLength);
        query.copyKey(bytes, keyAt());
        for (int i = 0; i < ttls.length; i++) {
            BigEndian.putInt16(bytes, keyAt() + keyLength + Short.BYTES * i, ttls[i]);
        }
        this.storedNanos = repeatable.storedNanos;
        this.lifetimeNanos = repeatable.lifetimeNanos;
        this.kind = repeatable.kind;
    }

    /**
     * The answer that the query got, to be repeated.
     *
     * @param optionsLength bytes of the options at its end
     * @return null if the response is none that can be repeated
     */
    static @Nullable PacketAnswer of(PacketQuery query, byte[] response, int optionsLength, Repeatable repeatable) {
        byte[] message = query.hasEdns() ? withoutOpt(response, optionsLength) : response;
        if (message == null) {
            return null;
        }
        byte[] options = query.hasEdns() && optionsLength > 0
                ? Arrays.copyOfRange(response, response.length - optionsLength, response.length)
                : NO_OPTIONS;
        short[] ttls = TtlOffsets.in(message);
        return ttls == null ? null : new PacketAnswer(message, options, ttls, query, repeatable);
    }

    boolean answers(PacketQuery query) {
        return query.hasKey(bytes, keyAt(), keyAt() + keyLength);
    }

    boolean isAlive(long now) {
        return now - storedNanos < lifetimeNanos;
    }

    /** True once in the last tenth of its life. Where threads race, it may be true for each of them. */
    boolean isDueForRenewal(long now) {
        if (renewed || now - storedNanos < lifetimeNanos - lifetimeNanos / LAST_PART) {
            return false;
        }
        renewed = true;
        return true;
    }

    /** Bytes in memory, by estimate. */
    int bytes() {
        return OVERHEAD + bytes.length;
    }

    private int keyAt() {
        return messageLength + optionsLength;
    }

    /** Writes the response to the query; returns its length, or 0 if it is too long for the client. */
    int write(PacketQuery query, byte[] response, long now) {
        byte[] forClient = query.replyOptions();
        int length = messageLength + (query.hasEdns() ? OptRecord.LENGTH : 0) + forClient.length;
        if (length > query.limit() || length > response.length) {
            return 0;
        }
        System.arraycopy(bytes, 0, response, 0, messageLength);
        byte[] asked = query.message();
        response[0] = asked[0];
        response[1] = asked[1];
        System.arraycopy(asked, MessageLimits.HEADER, response, MessageLimits.HEADER, query.questionLength());
        age(response, (int) TimeUnit.NANOSECONDS.toSeconds(now - storedNanos));
        if (query.hasEdns()) {
            OptRecord.write(response, messageLength, query.isDnssecOk() ? DNSSEC_OK : 0);
            count(response, 1);
            if (length + optionsLength <= Math.min(query.limit(), response.length)) { // RFC 8914, section 3
                OptRecord.append(bytes, messageLength, optionsLength, response, messageLength);
                length += optionsLength;
            }
            OptRecord.append(forClient, 0, forClient.length, response, messageLength);
        }
        if (!used) { // a line of memory that all threads read is written only when needed
            used = true;
        }
        kind.sent().increment();
        query.answeredBy(kind);
        return length;
    }

    /** Whether there was a hit since this was last asked. */
    boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    private void age(byte[] response, int seconds) {
        if (seconds == 0) {
            return;
        }
        for (int offset = keyAt() + keyLength; offset < bytes.length; offset += Short.BYTES) {
            int at = BigEndian.uint16(bytes, offset);
            BigEndian.putInt32(response, at, Math.max(0, BigEndian.int32(response, at) - seconds));
        }
    }

    private static byte @Nullable [] withoutOpt(byte[] response, int optionsLength) {
        int opt = response.length - OptRecord.LENGTH - optionsLength;
        if (opt < MessageLimits.HEADER || !OptRecord.startsAt(response, opt, response.length)) {
            return null;
        }
        byte[] message = new byte[opt];
        System.arraycopy(response, 0, message, 0, opt);
        count(message, -1);
        return message;
    }

    private static void count(byte[] message, int change) {
        BigEndian.putInt16(message, ADDITIONAL_COUNT, BigEndian.uint16(message, ADDITIONAL_COUNT) + change);
    }
}
