// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import nat64.translator.testing.Packets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

class CaptureTest {

    private static final byte[] PACKET =
            Packets.udp6("2001:db8:1::2", 4000, "2001:db8:64::c633:6402", 53, Packets.payload(5));

    @TempDir
    private Path directory = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("a.pcap");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "a1b2c3d4, BIG,    123456000",
        "a1b2c3d4, LITTLE, 123456000",
        "a1b23c4d, BIG,    123456",
        "a1b23c4d, LITTLE, 123456"
    })
    void readsEitherByteOrderAndResolution(String magic, String order, int nanos) throws Exception {
        var byteOrder = order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        write(byteOrder, (int) Long.parseLong(magic, 16), 101, PACKET.length, PACKET);

        assertThat(read()).singleElement().satisfies(frame -> {
            assertThat(frame.number()).isEqualTo(1);
            assertThat(frame.time()).isEqualTo(Instant.ofEpochSecond(4_000_000_000L, nanos));
            assertThat(frame.isCutShort()).isFalse();
            assertThat(frame.ipPacket()).contains(PACKET);
        });
    }

    @ParameterizedTest(name = "type {0}")
    @ValueSource(strings = {"", "81000064", "88a8006481000064", "91000064"})
    void findsPacketBehindEthernetAndVlanTags(String tags) throws Exception {
        write(1, ethernet(tags + "86dd", PACKET));

        assertThat(read().getFirst().ipPacket()).contains(PACKET);
    }

    @ParameterizedTest(name = "type {0}")
    @ValueSource(strings = {"0806", "0026", "88cc", "810000640806", "81000064", "8100", "08", ""})
    void takesOtherEthernetFramesForNoIp(String type) throws Exception {
        write(1, ethernet(type, new byte[0]));

        assertThat(read().getFirst().ipPacket()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {12, 14, 101, 228, 229, 0x2000_0065})
    void readsRawIpUnderEachOfItsNumbers(int linkType) throws Exception {
        write(linkType, PACKET);

        assertThat(read().getFirst().ipPacket()).contains(PACKET);
    }

    @Test
    void takesRawFramesOfAnotherVersionForNoIp() throws Exception {
        write(101, new byte[] {0x50, 0}, new byte[0]);

        assertThat(read())
                .hasSize(2)
                .allSatisfy(frame -> assertThat(frame.ipPacket()).isEmpty());
    }

    @Test
    void tellsThatFrameWasCutShort() throws Exception {
        write(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 101, 1500, PACKET);

        assertThat(read().getFirst().isCutShort()).isTrue();
    }

    @Test
    void saysWhatPcapngNeedsWhereLibpcapIsMissing() throws Exception {
        assertThatThrownBy(() -> LibpcapReader.open(file, Optional.of("libpcap can't be loaded; install it")))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("libpcap can't be loaded")
                .hasMessageContaining("editcap -F pcap");
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 3, 4, 23, 24, 100})
    void refusesWhatIsNoCapture(int length) throws Exception {
        Files.write(file, Packets.payload(length));

        assertThatThrownBy(this::read)
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining(file + " is no pcap file");
    }

    @Test
    void refusesOtherLinkTypesByNumber() throws Exception {
        write(113, PACKET);

        assertThatThrownBy(this::read).hasMessageContaining("link type 113").hasMessageContaining("any");
    }

    @Test
    void readsAllFramesBeforeTheFileEndsTooSoon() throws Exception {
        write(101, PACKET, PACKET);
        var whole = Files.readAllBytes(file);
        for (int length = 24 + 16 + PACKET.length + 1; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (var reader = CaptureReader.open(file)) {
                assertThat(reader.next()).isPresent();
                assertThatThrownBy(reader::next).hasMessageContaining("in the middle of frame 2");
            }
        }
    }

    @Test
    void refusesFrameOfImpossibleLength() throws Exception {
        write(101, PACKET);
        var octets = Files.readAllBytes(file);
        octets[24 + 8 + 3] = 0x7f;
        Files.write(file, octets);

        assertThatThrownBy(this::read).hasMessageContaining("damaged: frame 1");
    }

    @Test
    void readsWhatItWrites() throws Exception {
        write(ByteOrder.BIG_ENDIAN, 0xa1b23c4d, 1, PACKET.length + 14, ethernet("86dd", PACKET));
        var copy = directory.resolve("b.pcap");
        var time = Instant.ofEpochSecond(4_000_000_000L, 123_456_789);
        try (var reader = CaptureReader.open(file);
                var writer = reader.writer(copy)) {
            writer.write(time, PACKET);
        }

        file = copy;
        assertThat(read()).singleElement().satisfies(frame -> {
            assertThat(frame.time()).isEqualTo(time);
            assertThat(frame.ipPacket()).contains(PACKET);
        });
    }

    @Test
    void writesWhatLibpcapReads() throws Exception {
        write(101, PACKET);
        var copy = directory.resolve("b.pcap");
        try (var reader = CaptureReader.open(file);
                var writer = reader.writer(copy)) {
            writer.write(Instant.ofEpochSecond(1_700_000_000L, 5_000), PACKET);
            writer.write(Instant.ofEpochSecond(1_700_000_001L), PACKET);
        }

        try (var handle = libpcap(copy)) {
            assertThat(handle.getDlt()).isEqualTo(DataLinkType.RAW);
            assertThat(handle.getNextRawPacket()).isEqualTo(PACKET);
            assertThat(handle.getTimestamp().toInstant()).isEqualTo(Instant.ofEpochSecond(1_700_000_000L, 5_000));
            assertThat(handle.getNextRawPacket()).isEqualTo(PACKET);
            assertThat(handle.getNextRawPacket()).isNull();
        }
    }

    @Test
    void readsWhatLibpcapWrites() throws Exception {
        write(101, PACKET);
        var copy = directory.resolve("b.pcap");
        try (var handle = libpcap(file);
                var dumper = handle.dumpOpen(copy.toString())) {
            dumper.dumpRaw(PACKET, Timestamp.from(Instant.ofEpochSecond(1_700_000_000L, 7_000)));
        }

        file = copy;
        assertThat(read()).singleElement().satisfies(frame -> {
            assertThat(frame.time()).isEqualTo(Instant.ofEpochSecond(1_700_000_000L, 7_000));
            assertThat(frame.ipPacket()).contains(PACKET);
        });
    }

    private static PcapHandle libpcap(Path capture) throws PcapNativeException {
        try {
            return Pcaps.openOffline(capture.toString());
        } catch (LinkageError e) {
            assumeTrue(false, "libpcap is not installed: " + e.getMessage());
            throw e;
        }
    }

    private List<CapturedFrame> read() throws IOException {
        var frames = new ArrayList<CapturedFrame>();
        try (var reader = CaptureReader.open(file)) {
            for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                frames.add(frame.get());
            }
        }
        return frames;
    }

    private void write(int linkType, byte[]... frames) throws IOException {
        write(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, linkType, -1, frames);
    }

    private void write(ByteOrder order, int magic, int linkType, int lengthOnWire, byte[]... frames)
            throws IOException {
        var octets = ByteBuffer.allocate(1 << 16).order(order);
        octets.putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        octets.putInt(262_144).putInt(linkType);
        for (var frame : frames) {
            octets.putInt((int) 4_000_000_000L).putInt(123_456);
            octets.putInt(frame.length).putInt(lengthOnWire < 0 ? frame.length : lengthOnWire);
            octets.put(frame);
        }
        Files.write(file, Arrays.copyOf(octets.array(), octets.position()));
    }

    private static byte[] ethernet(String behindAddresses, byte[] packet) {
        var type = HexFormat.of().parseHex(behindAddresses);
        return ByteBuffer.allocate(12 + type.length + packet.length)
                .put(new byte[12])
                .put(type)
                .put(packet)
                .array();
    }
}
