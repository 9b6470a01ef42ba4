// SPDX-License-Identifier: Apache-2.0
package nat64.translator.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes packets that are right, or nearly so: UDP, TCP, echoes, ICMP errors and others, whole or in fragments, with
 * options and extension headers, from hosts that the translator knows and from others. Many answer, or complain about,
 * a packet that the translator has sent. Every choice comes from one source of numbers.
 */
final class PacketGrammar {

    private static final int LARGEST = 65_535;
    private static final int[] PROTOCOLS = {17, 17, 6, 6, 1, 1, 17, 6, 1, 2, 47, 50, 59, 132};
    private static final int[] EXTENSIONS = {0, 43, 60, 60, 44};
    private static final int[] ERRORS_V4 = {3, 3, 3, 11, 12, 4, 5};
    private static final int[] ERRORS_V6 = {1, 1, 2, 3, 4, 100};
    private static final int[] FLAGS = {2, 2, 0x12, 0x10, 0x10, 0x10, 0x18, 1, 0x11, 4, 0x14, 0, 3, 6, 0x3f};

    private final Hosts hosts;
    private final WatchedPort port;
    private final ByteBuffer packet = ByteBuffer.allocate(LARGEST + 1);
    private final RandomGenerator random;

    PacketGrammar(Hosts hosts, WatchedPort port, RandomGenerator random) {
        this.hosts = hosts;
        this.port = port;
        this.random = random;
    }

    /** The octets of the packet that {@link #make} has made, and maybe more behind it. */
    byte[] octets() {
        return packet.array();
    }

    /** Makes a packet and answers how many octets it has. */
    int make() {
        packet.clear();
        boolean ipv6 = random.nextBoolean();
        var before = port.sent(ipv6 ? 6 : 4, random.nextInt(64));
        boolean answers = before.length > 0 && oneIn(2);
        int protocol = answers ? transportOf(before, ipv6) : oneOf(PROTOCOLS);
        if (ipv6) {
            startIpv6(answers ? before : null);
        } else {
            startIpv4(answers ? before : null);
        }
        int headers = packet.position();
        boolean error = (answers && oneIn(3)) || (protocol == 1 && oneIn(4));
        if (error) {
            protocol = ipv6 ? 58 : 1;
            writeError(ipv6, before);
        } else {
            protocol = protocol == 1 && ipv6 ? 58 : protocol;
            writeTransport(protocol, answers ? before : null);
        }
        int extensions = oneIn(6) ? lastly(ipv6, headers, protocol) : 0;
        finish(ipv6, headers, extensions, protocol);
        return oneIn(4) ? spoil() : packet.position();
    }

    private void startIpv6(byte @Nullable [] before) {
        packet.put(new byte[40]);
        packet.putInt(0, 0x6000_0000 | (random.nextInt() & 0x0fff_ffff)).put(7, (byte) hops());
        if (before != null) {
            copy(before, 24, 16, 8);
            copy(before, 8, 16, 24);
        } else {
            packet.put(8, Hosts.choose(hosts.ipv6(), random));
            packet.put(24, Hosts.choose(hosts.ipv6Targets(), random));
        }
    }

    private void startIpv4(byte @Nullable [] before) {
        packet.put(new byte[20]);
        packet.put(0, (byte) 0x45).put(1, (byte) random.nextInt()).put(8, (byte) hops());
        packet.putShort(4, (short) random.nextInt(200)).putShort(6, (short) (random.nextBoolean() ? 0x4000 : 0));
        if (before != null) {
            copy(before, 16, 4, 12);
            copy(before, 12, 4, 16);
        } else {
            packet.put(12, Hosts.choose(hosts.ipv4(), random));
            packet.put(16, Hosts.choose(hosts.ipv4Targets(), random));
        }
    }

    private int hops() {
        return oneIn(30) ? random.nextInt(3) : 64;
    }

    private static int transportOf(byte[] packet, boolean ipv6) {
        int protocol = packet[ipv6 ? 6 : 9] & 0xff;
        return protocol == 58 ? 1 : protocol;
    }

    private void writeTransport(int protocol, byte @Nullable [] before) {
        int at = packet.position();
        int ports = before == null ? newPorts() : portsOf(before);
        switch (protocol) {
            case 17 -> {
                packet.putInt(ports).putInt(0);
                putPayload();
                packet.putShort(at + 4, (short) (oneIn(40) ? random.nextInt() : packet.position() - at));
            }
            case 6 -> {
                packet.putInt(ports).putInt(random.nextInt()).putInt(random.nextInt());
                int options = oneIn(3) ? random.nextInt(11) : 0;
                packet.put((byte) ((5 + options) << 4)).put((byte) oneOf(FLAGS)).putShort((short) random.nextInt());
                packet.putInt(0);
                putRandom(options * 4);
                putPayload();
            }
            case 1, 58 -> {
                boolean request = random.nextBoolean();
                int type = protocol == 1 ? request ? 8 : 0 : request ? 128 : 129;
                packet.put((byte) (oneIn(20) ? random.nextInt() : type))
                        .put((byte) 0)
                        .putShort((short) 0);
                packet.putShort((short) (ports >>> 16)).putShort((short) random.nextInt());
                putPayload();
            }
            default -> putPayload();
        }
    }

    private int newPorts() {
        int from = oneIn(20) ? random.nextInt(65_536) : 1024 + random.nextInt(40);
        int to = oneIn(20) ? random.nextInt(65_536) : 53 + random.nextInt(3);
        return (from << 16) | to;
    }

    /** Ports of an answer; of an echo the identifier, which stands elsewhere. */
    private static int portsOf(byte[] before) {
        boolean ipv6 = (before[0] & 0xf0) == 0x60;
        int at = ipv6 ? 40 : 20;
        if (before.length < at + 8) {
            return 0;
        }
        return transportOf(before, ipv6) == 1
                ? Judge.u16(before, at + 4) << 16
                : (Judge.u16(before, at + 2) << 16) | Judge.u16(before, at);
    }

    private void writeError(boolean ipv6, byte[] before) {
        int type = oneOf(ipv6 ? ERRORS_V6 : ERRORS_V4);
        packet.put((byte) type)
                .put((byte) (oneIn(10) ? random.nextInt() : random.nextInt(14)))
                .putShort((short) 0);
        int rest = oneIn(3) ? random.nextInt() : oneIn(2) ? 1280 + random.nextInt(300) : random.nextInt(24) << 24;
        packet.putInt(oneIn(2) ? 0 : rest);
        int quoted = before.length;
        packet.put(before, 0, oneIn(3) ? random.nextInt(quoted + 1) : quoted);
        if (oneIn(4)) {
            putRandom(random.nextInt(200));
        }
    }

    private void putPayload() {
        int kind = random.nextInt(64);
        int length = kind == 0 ? random.nextInt(65_000) : kind < 6 ? random.nextInt(3000) : random.nextInt(80);
        putRandom(Math.min(length, packet.remaining() - 1000));
    }

    private void putRandom(int length) {
        int end = packet.position() + Math.max(0, length);
        for (long octets = random.nextLong(); packet.position() < end; octets = octets * 0x5851_f42d_4c95_7f2dL + 1) {
            packet.put((byte) (octets >>> 40));
        }
    }

    /** Puts options, extension headers or a fragment between headers and transport; answers their length. */
    private int lastly(boolean ipv6, int headers, int protocol) {
        if (!ipv6 && random.nextBoolean()) {
            packet.putShort(6, (short) fragmentField(random.nextInt(), 1 << 13, 1));
            return 0;
        }
        int length = packet.position() - headers;
        int inserted = ipv6 ? 8 * (1 + random.nextInt(3)) : 4 * (1 + random.nextInt(10));
        if (length + inserted + headers > LARGEST) {
            return 0;
        }
        System.arraycopy(packet.array(), headers, packet.array(), headers + inserted, length);
        packet.position(headers);
        if (ipv6) {
            writeExtensions(inserted / 8, protocol);
        } else {
            packet.put(0, (byte) (0x45 + inserted / 4));
            putRandom(inserted);
            if (oneIn(2)) {
                Arrays.fill(packet.array(), headers, headers + inserted, (byte) 1);
            }
        }
        packet.position(headers + inserted + length);
        return inserted;
    }

    private void writeExtensions(int count, int protocol) {
        int kind = oneOf(EXTENSIONS);
        packet.put(6, (byte) kind);
        for (int i = 0; i < count; i++) {
            int next = i + 1 < count ? oneOf(EXTENSIONS) : protocol;
            packet.put((byte) next).put((byte) 0);
            int value = random.nextInt();
            boolean fragment = kind == 44;
            int field = oneIn(3) ? 0 : fragmentField(value, 1, 8);
            packet.putShort((short) (fragment ? field : oneIn(10) ? value : 0));
            packet.putInt(fragment ? random.nextInt(200) : oneIn(10) ? value : 0);
            kind = next;
        }
    }

    /** Offset and more-fragments flag, small offsets more often. */
    private int fragmentField(int value, int more, int unit) {
        int offset = oneIn(3) ? value & 0x1fff : oneIn(2) ? 0 : value & 0xff;
        return (offset * unit) | (random.nextBoolean() ? more : 0);
    }

    private void finish(boolean ipv6, int headers, int inserted, int protocol) {
        int length = packet.position();
        if (ipv6) {
            packet.putShort(4, (short) (length - 40));
            if (inserted == 0) {
                packet.put(6, (byte) protocol);
            }
        } else {
            packet.putShort(2, (short) length).put(9, (byte) protocol);
            sealIpv4();
        }
        if (!oneIn(20)) {
            sealTransport(ipv6, headers + inserted, protocol);
        }
    }

    private void sealIpv4() {
        int headerLength = (packet.get(0) & 0xf) * 4;
        packet.putShort(10, (short) 0);
        packet.putShort(10, (short) ~Judge.fold(Judge.sum(packet.array(), 0, headerLength)));
    }

    private void sealTransport(boolean ipv6, int at, int protocol) {
        int field = at + (protocol == 17 ? 6 : protocol == 6 ? 16 : 2);
        boolean known = protocol == 17 || protocol == 6 || protocol == (ipv6 ? 58 : 1);
        int length = packet.position() - at;
        if (!known || field + 2 > packet.position() || (protocol == 17 && oneIn(10))) {
            return;
        }
        packet.putShort(field, (short) 0);
        long sum = Judge.sum(packet.array(), at, length);
        if (protocol != 1) {
            sum += Judge.sum(packet.array(), ipv6 ? 8 : 12, ipv6 ? 32 : 8) + length + protocol;
        }
        int checksum = ~Judge.fold(sum) & 0xffff;
        packet.putShort(field, (short) (checksum == 0 && protocol == 17 ? 0xffff : checksum));
    }

    /** Changes some octets, or the length; the IPv4 header checksum is often made right again. */
    private int spoil() {
        int length = packet.position();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            packet.put(random.nextInt(Math.min(length, 120)), (byte) random.nextInt());
        }
        if (oneIn(4)) {
            return random.nextInt(length + 1);
        }
        if ((packet.get(0) & 0xf0) == 0x40 && (packet.get(0) & 0xf) >= 5 && length >= 60) {
            sealIpv4();
        }
        return oneIn(8) ? Math.min(LARGEST, length + random.nextInt(40)) : length;
    }

    private void copy(byte[] from, int at, int length, int to) {
        System.arraycopy(from, at, packet.array(), to, length);
    }

    private int oneOf(int[] values) {
        return values[random.nextInt(values.length)];
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
