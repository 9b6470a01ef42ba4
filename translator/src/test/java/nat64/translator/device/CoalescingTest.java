// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Packet.Segmentation;
import nat64.translator.packet.PacketParser;
import nat64.translator.testing.Allocations;
import nat64.translator.testing.Packets;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;

class CoalescingTest {

    private static final String CLIENT = "2001:db8:1::2";
    private static final String SERVER = "64:ff9b::c633:6402";
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int TTL = 8;
    private static final int DONT_FRAGMENT = 0x4000;

    private final Arena arena = Arena.ofConfined();
    private final Packet packet = new Packet(arena);
    private final List<Written> written = new ArrayList<>();
    private boolean deviceTakes = true;
    private final Coalescing coalescing = new Coalescing(arena, sent -> {
        written.add(Written.of(sent));
        return deviceTakes;
    });

    @AfterEach
    void close() {
        arena.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void writesDatagramsOfOneFlowAsOneSuperPacket(int version) {
        var sent = Stream.of(100, 100, 100, 40)
                .map(payload -> datagram(version, 5000, payload))
                .toList();
        sendAll(counted(sent));

        assertThat(written).hasSize(1);
        assertThat(written.getFirst().segmentOctets).isEqualTo(100);
        assertThat(written.getFirst().cut()).containsExactlyElementsOf(counted(sent));
    }

    static List<List<byte[]>> flowsThatAreNotOne() {
        var first = datagram(6, 5000, 100);
        var ipv4 = datagram(4, 5000, 100);
        return List.of(
                List.of(first, datagram(6, 5008, 100)),
                List.of(first, Packets.udp6(CLIENT, 5000, "64:ff9b::c633:6403", 53, Packets.payload(100))),
                List.of(first, with(first, 7, 63)), // hop limit
                List.of(first, with(first, 3, 9)), // flow label
                List.of(first, datagram(6, 5000, 101)),
                List.of(datagram(6, 5000, 99), first),
                List.of(datagram(6, 5000, 0), datagram(6, 5000, 0)),
                List.of(ipv4, identified(datagram(4, 5000, 100), 0x4244, 0)),
                List.of(identified(ipv4, 7, 0), identified(datagram(4, 5000, 100), 8, DONT_FRAGMENT)),
                List.of(ipv4, resealed(with(ipv4, TTL, 63))),
                List.of(ipv4, resealed(with(ipv4, 1, 0xb8)))); // type of service
    }

    @ParameterizedTest
    @MethodSource("flowsThatAreNotOne")
    void writesWhatIsNotOneFlowOneByOne(List<byte[]> sent) {
        sendAll(sent);

        assertThat(written).allMatch(one -> one.segmentation == Segmentation.NONE);
        assertThat(written.stream().map(one -> one.packet.octets())).containsExactlyElementsOf(sent);
    }

    @Test
    void takesAnyIdentificationWhereNobodyMayFragment() {
        var sent = List.of(
                identified(datagram(4, 5000, 1300), 7, DONT_FRAGMENT),
                identified(datagram(4, 5000, 1300), 99, DONT_FRAGMENT));
        sendAll(sent);

        assertThat(written).hasSize(1);
    }

    @Test
    void aDatagramThatWasDamagedOnItsWayStaysAlone() {
        var good = datagram(6, 5000, 100);
        var damaged = with(good, 60, good[60] + 1);
        sendAll(List.of(damaged, good, good, damaged, good));

        assertThat(written).extracting(one -> one.cut().size()).containsExactly(1, 2, 1, 1);
        assertThat(written.getFirst().packet.octets()).isEqualTo(damaged);
        assertThat(written.get(2).packet.octets()).isEqualTo(damaged);
    }

    @Test
    void aShorterDatagramEndsTheSuperPacket() {
        sendAll(List.of(datagram(6, 5000, 100), datagram(6, 5000, 100), datagram(6, 5000, 20), datagram(6, 5000, 20)));

        assertThat(written).extracting(one -> one.cut().size()).containsExactly(3, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 1452, 40_000})
    void aSuperPacketIsNeverLargerThanTheKernelTakes(int payload) {
        for (int i = 0; i < 200; i++) {
            send(datagram(6, 5000, payload), false);
        }
        coalescing.flush();

        assertThat(written)
                .allMatch(one -> one.packet.octets().length <= Packet.LARGEST
                        && one.cut().size() <= 64);
        assertThat(written.stream().mapToInt(one -> one.cut().size()).sum()).isEqualTo(200);
    }

    @Test
    void aPieceDoesNotOvertakeTheDatagramsBeforeIt() {
        send(datagram(4, 5000, 100), false);
        send(identified(datagram(4, 5000, 100), 0x4243, 0x2000), false);

        assertThat(written).hasSize(2);
        assertThat(written.getFirst().packet.octets()[FRAGMENT] & 0x20).isZero();
    }

    @Test
    void tcpPassesAtOnceAndLetsDatagramsWait() {
        send(datagram(6, 5000, 100), false);
        send(Packets.tcp6(CLIENT, 1, SERVER, 2, "A", Packets.payload(10)), false);
        send(datagram(6, 5000, 100), false);
        assertThat(written).hasSize(1);

        assertThat(coalescing.flush()).isZero();
        assertThat(written).hasSize(2);
    }

    @Test
    void tellsHowManyDatagramsWereRefusedTogether() {
        deviceTakes = false;
        for (int i = 0; i < 5; i++) {
            assertThat(send(datagram(6, 5000, 100), false)).isTrue();
        }

        assertThat(coalescing.flush()).isEqualTo(5);
        assertThat(coalescing.flush()).isZero();
    }

    /** Checksums that the device completes: what the kernel's own senders leave to it. */
    @Test
    void partialChecksumsNeedNoLookAtThePayload() {
        var partial = datagram(6, 5000, 100);
        var pseudoHeader = ByteBuffer.wrap(partial);
        int sum = 17 + 108;
        for (int at = 8; at < 40; at += 2) {
            sum += pseudoHeader.getShort(at) & 0xffff;
        }
        pseudoHeader.putShort(46, (short) ((sum & 0xffff) + (sum >>> 16)));
        send(partial, true);
        send(partial, true);
        coalescing.flush();

        assertThat(written).hasSize(1);
        assertThat(written.getFirst().cut()).containsExactly(datagram(6, 5000, 100), datagram(6, 5000, 100));
    }

    @Test
    void makesNoObjects() {
        var device = new Coalescing(arena, _ -> true);
        var one = MemorySegment.ofArray(datagram(6, 5000, 100));
        Allocations.assertNone(i -> {
            MemorySegment.copy(one, 0, packet.buffer(), Packet.HEADROOM, one.byteSize());
            device.send(packet.received((int) one.byteSize() - (i % 5 == 0 ? 1 : 0)));
            if (i % 50 == 0) {
                device.flush();
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    @Tag("C-020")
    void whateverIsSentArrivesUnchangedAndEachFlowInOrder(long seed) {
        var random = new Random(seed);
        var sent = new ArrayList<byte[]>();
        int[] identifications = new int[8];
        for (int i = 0; i < 3000; i++) {
            int flow = random.nextInt(random.nextInt(1, 9));
            int version = flow % 2 == 0 ? 6 : 4;
            int payload = random.nextInt(5) == 0 ? random.nextInt(1400) : 200;
            var one = datagram(version, 5000 + 3 * flow, payload);
            if (version == 4) {
                identifications[flow] += random.nextInt(20) == 0 ? 2 : 1;
                one = identified(one, identifications[flow], payload > 300 ? DONT_FRAGMENT : 0);
            }
            if (random.nextInt(30) == 0) {
                one = with(one, one.length - 1, random.nextInt(256));
            }
            sent.add(one);
            assertThat(send(one, false)).isTrue();
            if (random.nextInt(64) == 0) {
                coalescing.flush();
            }
        }
        coalescing.flush();

        var arrived = written.stream().flatMap(one -> one.cut().stream()).toList();
        assertThat(arrived).hasSameSizeAs(sent);
        assertThat(written.size()).isLessThan(sent.size());
        for (int flow = 0; flow < 8; flow++) {
            int port = 5000 + 3 * flow;
            assertThat(ofFlow(arrived, port)).containsExactlyElementsOf(ofFlow(sent, port));
        }
    }

    /** With Don't Fragment set, an Identification says nothing (RFC 6864, section 4.1). */
    private static List<byte[]> ofFlow(List<byte[]> packets, int port) {
        return packets.stream()
                .filter(one -> new Wire(one).sourcePort() == port)
                .map(one -> one[0] >> 4 == 4 && one[FRAGMENT] != 0 ? identified(one, 0, DONT_FRAGMENT) : one)
                .toList();
    }

    private void sendAll(List<byte[]> packets) {
        packets.forEach(one -> send(one, false));
        coalescing.flush();
    }

    private boolean send(byte[] octets, boolean partial) {
        MemorySegment.copy(octets, 0, packet.buffer(), ValueLayout.JAVA_BYTE, Packet.HEADROOM, octets.length);
        packet.received(octets.length, partial, Segmentation.NONE, 0, false);
        new PacketParser().parse(packet);
        return coalescing.send(packet);
    }

    /** The same datagrams; those of IPv4 count their Identifications up. */
    private static List<byte[]> counted(List<byte[]> packets) {
        var counted = new ArrayList<byte[]>();
        for (var one : packets) {
            counted.add(one[0] >> 4 == 4 ? identified(one, 0x4242 + counted.size(), 0) : one);
        }
        return counted;
    }

    private static byte[] datagram(int version, int port, int payload) {
        return version == 6
                ? Packets.udp6(CLIENT, port, SERVER, 53, Packets.payload(payload))
                : Packets.udp4("198.51.100.1", port, "192.0.2.9", 53, Packets.payload(payload));
    }

    private static byte[] with(byte[] octets, int at, int value) {
        var changed = octets.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] identified(byte[] ipv4, int identification, int fragmentField) {
        var changed = ByteBuffer.wrap(ipv4.clone());
        changed.putShort(IDENTIFICATION, (short) identification).putShort(FRAGMENT, (short) fragmentField);
        return resealed(changed.array());
    }

    private static byte[] resealed(byte[] ipv4) {
        var builder = ((IpV4Packet) Packets.parse(ipv4)).getBuilder();
        return builder.correctChecksumAtBuild(true).build().getRawData();
    }

    /** What came to the device. */
    private record Written(Wire packet, Segmentation segmentation, int segmentOctets) {

        static Written of(Packet packet) {
            var octets =
                    packet.buffer().asSlice(packet.start(), packet.length()).toArray(ValueLayout.JAVA_BYTE);
            return new Written(new Wire(octets), packet.segmentation(), packet.segmentBytes());
        }

        /** What the kernel makes of it, done by pcap4j: lengths, checksums and Identifications anew. */
        List<byte[]> cut() {
            if (segmentation == Segmentation.NONE) {
                return List.of(packet.octets());
            }
            var octets = packet.octets();
            var datagrams = new ArrayList<byte[]>();
            for (int at = packet.transport() + 8; at < octets.length; at += segmentOctets) {
                var payload = Arrays.copyOfRange(octets, at, Math.min(at + segmentOctets, octets.length));
                datagrams.add(datagram(packet, datagrams.size(), payload));
            }
            return datagrams;
        }

        private static byte[] datagram(Wire headers, int number, byte[] payload) {
            var parsed = Packets.parse(headers.octets());
            if (parsed instanceof IpV4Packet ipv4) {
                var ip = ipv4.getHeader();
                return ipv4.getBuilder()
                        .identification((short) (ip.getIdentification() + number))
                        .correctChecksumAtBuild(true)
                        .correctLengthAtBuild(true)
                        .payloadBuilder(Packets.udp(
                                ip.getSrcAddr(),
                                headers.sourcePort(),
                                ip.getDstAddr(),
                                headers.destinationPort(),
                                payload))
                        .build()
                        .getRawData();
            }
            var ip = headers.ipv6();
            return ((IpV6Packet) parsed)
                    .getBuilder()
                    .correctLengthAtBuild(true)
                    .payloadBuilder(Packets.udp(
                            ip.getSrcAddr(), headers.sourcePort(), ip.getDstAddr(), headers.destinationPort(), payload))
                    .build()
                    .getRawData();
        }
    }
}
