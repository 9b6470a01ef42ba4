// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.fuzz;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes DNS messages that are nearly right, byte by byte, without any code of ours or of dnsjava: queries with all
 * kinds of names, types, flags and options, and responses with chains, pointers and records of all kinds. Some have
 * bytes changed or cut off afterwards; some are noise.
 */
public final class MessageGrammar {

    private static final int LARGEST = 4096;
    private static final int NOISE = 16; // one message in so many
    private static final int DAMAGED = 8;

    private static final List<String> NAMES = List.of(
            "www.example.org",
            "alias.example.org",
            "ipv4only.arpa",
            "sub.ipv4only.arpa",
            "resolver.arpa",
            "_dns.resolver.arpa",
            "1.2.0.0.0.0.0.c.0.0.0.0.0.0.0.0.0.0.0.0.4.6.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
            "4.6.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
            "a.a.0.0.0.0.0.c.0.0.0.0.0.0.0.0.0.0.0.0.4.6.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
            "1.0.0.127.in-addr.arpa",
            "localhost",
            "host.cluster.local",
            "");
    private static final int[] TYPES = {
        1, 28, 28, 28, 12, 5, 39, 2, 6, 15, 16, 33, 43, 46, 48, 64, 65, 41, 250, 251, 252, 255, 128, 0, 65_280
    };
    private static final int[] PAYLOADS = {0, 1, 511, 512, 1232, 4096, 65_535};

    private final RandomGenerator random;
    private ByteBuffer out = ByteBuffer.allocate(LARGEST);

    public MessageGrammar(RandomGenerator random) {
        this.random = random;
    }

    /** What a client might send. */
    public byte[] query() {
        return damaged(made(this::writeQuery));
    }

    /** What an upstream might answer to a query, whose header and question it mostly repeats. */
    public byte[] response(byte[] query, int questionEnd) {
        return damaged(made(() -> writeResponse(query, questionEnd)));
    }

    private byte[] made(Runnable writer) {
        if (random.nextInt(NOISE) == 0) {
            byte[] noise = new byte[random.nextInt(120)];
            random.nextBytes(noise);
            return noise;
        }
        out.clear();
        try {
            writer.run();
        } catch (BufferOverflowException e) {
            // as much as fitted
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private byte[] damaged(byte[] message) {
        if (message.length == 0 || random.nextInt(DAMAGED) != 0) {
            return message;
        }
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(message, random.nextInt(message.length));
        }
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            message[random.nextInt(message.length)] = (byte) random.nextInt(256);
        }
        return message;
    }

    private void writeQuery() {
        boolean edns = random.nextInt(4) != 0;
        int flags = (rarely() ? random.nextInt(0x10000) : random.nextInt(8) == 0 ? 0 : 0x0100)
                | (random.nextInt(4) == 0 ? 0x0010 : 0);
        int questions = rarely() ? random.nextInt(3) : 1;
        out.putShort((short) random.nextInt(0x10000)).putShort((short) flags);
        out.putShort((short) questions);
        out.putShort((short) (rarely() ? random.nextInt(4) : 0)).putShort((short) (rarely() ? random.nextInt(4) : 0));
        out.putShort((short) (edns ? rarely() ? 2 : 1 : 0));
        for (int i = 0; i < questions; i++) {
            name(12);
            out.putShort((short) type()).putShort((short) (rarely() ? random.nextInt(0x10000) : 1));
        }
        if (edns) {
            opt();
        }
    }

    private void opt() {
        out.put((byte) (rarely() ? random.nextInt(3) : 0)).putShort((short) 41);
        out.putShort((short) PAYLOADS[random.nextInt(PAYLOADS.length)]);
        out.put((byte) 0).put((byte) (rarely() ? random.nextInt(256) : 0));
        out.putShort((short) (random.nextBoolean() ? 0x8000 : 0));
        int lengthAt = out.position();
        out.putShort((short) 0);
        for (int options = random.nextInt(4); options > 0; options--) {
            boolean cookie = random.nextBoolean();
            byte[] value = new byte[rarely() ? random.nextInt(600) : cookie ? 8 : random.nextInt(40)];
            random.nextBytes(value);
            int code = rarely() ? random.nextInt(16) : cookie ? 10 : 65_001;
            out.putShort((short) code).putShort((short) (rarely() ? random.nextInt(0x10000) : value.length));
            out.put(value);
        }
        out.putShort(lengthAt, (short) (out.position() - lengthAt - 2));
    }

    private void writeResponse(byte[] query, int questionEnd) {
        int rcode = random.nextInt(8) == 0 ? random.nextInt(16) : random.nextInt(8) == 0 ? 3 : 0;
        int asked = (query[questionEnd - 4] & 0xff) << 8 | (query[questionEnd - 3] & 0xff);
        out.put(query, 0, 2).putShort((short) (0x8180 | (rarely() ? 0x0200 : 0) | rcode));
        int[] counts = {random.nextInt(5), random.nextInt(3), random.nextInt(3)};
        out.putShort((short) 1);
        for (int count : counts) {
            out.putShort((short) (rarely() ? random.nextInt(0x10000) : count));
        }
        out.put(query, 12, questionEnd - 12);
        for (int count : counts) {
            for (int i = 0; i < count; i++) {
                record(random.nextInt(3) == 0 ? type() : count == counts[0] ? asked : 6);
            }
        }
    }

    private void record(int type) {
        if (random.nextInt(4) == 0) {
            name(12);
        } else {
            out.putShort((short) 0xc00c);
        }
        out.putShort((short) type).putShort((short) (rarely() ? 3 : 1));
        out.putInt(rarely() ? random.nextInt() : random.nextInt(7200));
        int lengthAt = out.position();
        out.putShort((short) 0);
        switch (type) {
            case 1 -> out.putInt(random.nextInt());
            case 28 ->
                out.putLong(rarely() ? 0 : random.nextLong()).putLong(rarely() ? 0xffff_0000_0000L : random.nextLong());
            case 2, 5, 12, 39 -> name(12);
            case 6 -> {
                name(12);
                name(12);
                out.putInt(1).putInt(2).putInt(3).putInt(4).putInt(random.nextInt(7200));
            }
            default -> {
                byte[] value = new byte[random.nextInt(60)];
                random.nextBytes(value);
                out.put(value);
            }
        }
        out.putShort(lengthAt, (short) (rarely() ? random.nextInt(80) : out.position() - lengthAt - 2));
    }

    /** A name as it should be, or a pointer to some place, or labels of all lengths. */
    private void name(int question) {
        switch (random.nextInt(8)) {
            case 0 -> out.putShort((short) (0xc000 | (rarely() ? random.nextInt(0x4000) : question)));
            case 1 -> {
                for (int labels = random.nextInt(rarely() ? 140 : 6); labels > 0; labels--) {
                    byte[] label = new byte[1 + random.nextInt(rarely() ? 63 : 8)];
                    random.nextBytes(label);
                    out.put((byte) (rarely() ? random.nextInt(256) : label.length))
                            .put(label);
                }
                out.put((byte) 0);
            }
            default -> {
                var text = NAMES.get(random.nextInt(NAMES.size()));
                for (var label : text.isEmpty() ? new String[0] : text.split("\\.", -1)) {
                    byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] ^= (byte) (Character.isLetter(bytes[i]) && random.nextInt(4) == 0 ? 0x20 : 0);
                    }
                    out.put((byte) bytes.length).put(bytes);
                }
                out.put((byte) 0);
            }
        }
    }

    private int type() {
        return rarely() ? random.nextInt(0x10000) : TYPES[random.nextInt(TYPES.length)];
    }

    private boolean rarely() {
        return random.nextInt(20) == 0;
    }
}
