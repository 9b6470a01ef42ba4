// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nat64.translator.device.pcap.Libpcap;
import nat64.translator.testing.Packets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** pcapng files that editcap, of Wireshark, has written. */
class PcapngTest {

    private static final byte[] FIRST =
            Packets.udp6("2001:db8:1::2", 4000, "2001:db8:64::c633:6402", 53, Packets.payload(5));
    private static final byte[] SECOND = Packets.udp4("192.0.2.1", 53, "198.51.100.2", 4000, Packets.payload(900));
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000L, 123_456_789);

    @TempDir
    private Path directory = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void writeFile() throws Exception {
        assumeTrue(Libpcap.obstacle().isEmpty(), () -> Libpcap.obstacle().orElse(""));
        var classic = directory.resolve("a.pcap");
        try (var writer = CaptureWriter.create(classic, new CaptureFormat(ByteOrder.BIG_ENDIAN, 1))) {
            writer.write(TIME, FIRST);
            writer.write(TIME.plusSeconds(1), SECOND);
        }
        file = directory.resolve("a.pcapng");
        editcap("-F", "pcapng", classic.toString(), file.toString());
    }

    @Test
    void readsPacketsAndTheirTimesToTheNanosecond() throws Exception {
        var frames = read();

        assertThat(frames).hasSize(2);
        assertThat(frames.getFirst().number()).isEqualTo(1);
        assertThat(frames.getFirst().time()).isEqualTo(TIME);
        assertThat(frames.getFirst().ipPacket()).contains(FIRST);
        assertThat(frames.getLast().number()).isEqualTo(2);
        assertThat(frames.getLast().time()).isEqualTo(TIME.plusSeconds(1));
        assertThat(frames.getLast().ipPacket()).contains(SECOND);
        assertThat(frames.getLast().isCutShort()).isFalse();
    }

    @Test
    void writesAClassicFileWithTheSameTimes() throws Exception {
        var copy = directory.resolve("b.pcap");
        try (var reader = CaptureReader.open(file);
                var writer = reader.writer(copy)) {
            var frame = reader.next().orElseThrow();
            writer.write(frame.time(), frame.ipPacket().orElseThrow());
        }

        file = copy;
        assertThat(read()).singleElement().satisfies(frame -> {
            assertThat(frame.time()).isEqualTo(TIME);
            assertThat(frame.ipPacket()).contains(FIRST);
        });
    }

    @Test
    void tellsThatAFrameWasCutShort() throws Exception {
        var cut = directory.resolve("cut.pcapng");
        editcap("-F", "pcapng", "-s", "60", file.toString(), cut.toString());

        file = cut;
        assertThat(read().getLast().isCutShort()).isTrue();
    }

    @Test
    void readsAllFramesBeforeTheFileEndsTooSoon() throws Exception {
        var whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 100));

        try (var reader = CaptureReader.open(file)) {
            assertThat(reader.next().orElseThrow().ipPacket()).contains(FIRST);
            assertThatThrownBy(reader::next)
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("beyond frame 1");
        }
    }

    @Test
    void refusesWhatOnlyBeginsLikePcapng() throws Exception {
        Files.write(file, new byte[] {0x0a, 0x0d, 0x0d, 0x0a, 0x1c, 0, 0, 0});

        assertThatThrownBy(() -> CaptureReader.open(file))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("libpcap can read");
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

    private static void editcap(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("editcap"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            assumeTrue(false, "editcap is missing; deploy/setup installs it with tshark");
            throw e;
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
