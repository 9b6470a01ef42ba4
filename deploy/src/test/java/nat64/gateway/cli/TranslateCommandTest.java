// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static nat64.gateway.replay.Captures.CLIENT;
import static nat64.gateway.replay.Captures.SERVER;
import static nat64.gateway.replay.Captures.SERVER_IN_PREF64;
import static nat64.gateway.replay.Captures.ipv4;
import static nat64.gateway.replay.Captures.ipv6;
import static nat64.gateway.replay.Captures.tcp;
import static nat64.gateway.replay.Captures.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import nat64.gateway.replay.Captures;
import nat64.gateway.system.Commands;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;

class TranslateCommandTest {

    private static final byte[] REQUEST = udp(CLIENT, 4000, SERVER_IN_PREF64, 53, 64);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    private Path input = Path.of("");
    private Path output = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void nameFiles() throws Exception {
        input = directory.resolve("in.pcap");
        output = directory.resolve("out.pcap");
        config = Files.writeString(directory.resolve("nat64.yaml"), Captures.CONFIG);
    }

    @Test
    void writesEveryPacketThatTheTranslatorSendsOctetByOctet() throws Exception {
        Captures.rawIp().add(Duration.ofMillis(1500), REQUEST).write(input);

        assertThat(translate()).isZero();

        var frame = Captures.read(output).getFirst();
        assertThat(frame.after()).isEqualTo(Duration.ofMillis(1500));
        var packet = ipv4(frame.octets());
        var datagram = packet.get(UdpPacket.class);
        int port = datagram.getHeader().getSrcPort().valueAsInt();
        int identification = packet.getHeader().getIdentificationAsInt();
        assertThat(hex(withoutChecksums(frame.octets())))
                .isEqualTo("45000020%04x00003f110000cb007101c6336402%04x0035000c000001020304"
                        .formatted(identification, port));
        assertThat(packet.getHeader().hasValidChecksum(false)).isTrue();
        assertThat(datagram.hasValidChecksum(
                        packet.getHeader().getSrcAddr(), packet.getHeader().getDstAddr(), false))
                .isTrue();
    }

    @Test
    void takesTheSideOfPacketFromItsVersionAndFollowsSessions() throws Exception {
        Captures.rawIp().add(Duration.ZERO, REQUEST).write(input);
        assertThat(translate()).isZero();
        int port = ipv4(Captures.read(output).getFirst().octets())
                .get(UdpPacket.class)
                .getHeader()
                .getSrcPort()
                .valueAsInt();
        Captures.rawIp()
                .add(Duration.ZERO, REQUEST)
                .add(Duration.ofMillis(20), udp(SERVER, 53, "203.0.113.1", port, 64))
                .write(input);

        assertThat(translate()).isZero();

        var answer = ipv6(Captures.read(output).get(1).octets());
        assertThat(answer.getHeader().getSrcAddr().getHostAddress()).isEqualTo("2001:db8:64:0:0:0:c633:6402");
        assertThat(answer.getHeader().getDstAddr().getHostAddress()).isEqualTo("2001:db8:1:0:0:0:0:2");
        assertThat(answer.get(UdpPacket.class).getHeader().getDstPort().valueAsInt())
                .isEqualTo(4000);
        assertThat(out.toString()).contains("1 packets translated from IPv6, 1 from IPv4");
    }

    @Test
    void endsSessionsAtTheTimesOfTheCapture() throws Exception {
        int port = portOfFirstBinding();
        var answer = udp(SERVER, 53, "203.0.113.1", port, 64);
        Captures.rawIp()
                .add(Duration.ZERO, REQUEST)
                .add(Duration.ofMinutes(4), answer)
                .add(Duration.ofMinutes(4).plusMinutes(6), answer)
                .write(input);

        assertThat(translate("--format", "json")).isZero();

        var report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("translated_from_ipv4").asInt()).isEqualTo(1);
        assertThat(report.at("/dropped/0/reason").asText()).isEqualTo("no_binding");
        assertThat(report.at("/dropped/0/packets/first_frames/0").asInt()).isEqualTo(3);
    }

    @Test
    void writesWhatTheTranslatorSendsWhenTimeRunsOut() throws Exception {
        Captures.rawIp()
                .add(Duration.ZERO, tcp(SERVER, 5000, "203.0.113.1", 22, "S"))
                .add(Duration.ofMinutes(1), REQUEST)
                .write(input);

        assertThat(translate()).isZero();

        var frames = Captures.read(output);
        assertThat(frames).hasSize(2);
        assertThat(frames.getFirst().after()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(7));
        assertThat(ipv4(frames.getFirst().octets()).getPayload().getRawData()).startsWith(3, 3);
        assertThat(out.toString()).contains("from_ipv4 syn_stored: 1 (frame 1)");
    }

    @Test
    void neverLetsTheClockRunBackwards() throws Exception {
        Captures.rawIp()
                .add(Duration.ofHours(1), REQUEST)
                .add(Duration.ZERO, REQUEST)
                .write(input);

        assertThat(translate()).isZero();

        assertThat(Captures.read(output))
                .extracting(Captures.Frame::after)
                .containsExactly(Duration.ofHours(1), Duration.ZERO);
    }

    @Test
    void writesErrorsOfItsOwnToo() throws Exception {
        Captures.rawIp()
                .add(Duration.ZERO, udp(CLIENT, 4000, SERVER_IN_PREF64, 53, 1))
                .write(input);

        assertThat(translate()).isZero();

        var sent = ipv6(Captures.read(output).getFirst().octets());
        assertThat(sent.getHeader().getDstAddr().getHostAddress()).isEqualTo("2001:db8:1:0:0:0:0:2");
        assertThat(sent.getPayload().getRawData()).startsWith(3, 0);
        assertThat(out.toString())
                .contains("1 packets written, 1 of them ICMP errors")
                .contains("from_ipv6 hop_limit_exceeded: 1 (frame 1)")
                .contains("RFC 7915, sections 4.1 and 5.1");
    }

    @Test
    void countsWhatIsNoPacketAndWhatIsNotWhole() throws Exception {
        Captures.ethernet()
                .add(Duration.ZERO, Captures.inEthernet(0x0806, new byte[46]))
                .add(Duration.ZERO, Captures.inEthernet(0x86dd, REQUEST))
                .add(Duration.ZERO, Captures.inEthernet(0x86dd, Arrays.copyOf(REQUEST, 44)), 14 + REQUEST.length)
                .add(Duration.ZERO, Captures.inEthernet(0x86dd, new byte[65_536]))
                .add(Duration.ZERO, Captures.inEthernet(0x0800, new byte[0]))
                .write(input);

        assertThat(translate()).isZero();

        assertThat(out.toString())
                .startsWith("5 frames read")
                .contains("not IP: 1 (frame 1)")
                .contains("cut short by the capture, not translated; capture with -s 0: 1 (frame 3)")
                .contains("longer than any packet, not translated; turn segmentation offload off: 1 (frame 4)")
                .contains("from_ipv4 truncated: 1 (frame 5)");
        assertThat(Captures.read(output)).hasSize(1);
    }

    @Test
    void namesTheFirstTenFramesOfEachReason() throws Exception {
        var capture = Captures.rawIp();
        for (int i = 0; i < 12; i++) {
            capture.add(Duration.ofMillis(i), udp("198.51.100.9", 5000 + i, "203.0.113.1", 22, 64));
        }
        capture.write(input);

        assertThat(translate()).isZero();

        assertThat(out.toString()).contains("from_ipv4 no_binding: 12 (frames 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ...)");
    }

    @Test
    void givesTheSameOutputForTheSameInputAndSeed() throws Exception {
        var capture = Captures.rawIp();
        for (int i = 0; i < 50; i++) {
            capture.add(Duration.ofMillis(i), tcp(CLIENT, 5000 + i, SERVER_IN_PREF64, 443, "S"));
        }
        capture.write(input);

        translate("--seed", "7");
        var first = Files.readAllBytes(output);
        translate("--seed", "7");
        var second = Files.readAllBytes(output);
        translate("--seed", "8");
        var other = Files.readAllBytes(output);

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(Captures.read(output))
                .hasSize(50)
                .allSatisfy(frame -> assertThat(ipv4(frame.octets())
                                .get(TcpPacket.class)
                                .getHeader()
                                .getSyn())
                        .isTrue());
    }

    @Test
    void writesWhatTsharkFindsSound() throws Exception {
        Captures.rawIp()
                .add(Duration.ZERO, REQUEST)
                .add(Duration.ofMillis(1), tcp(CLIENT, 4000, SERVER_IN_PREF64, 443, "S"))
                .add(Duration.ofMillis(2), udp(CLIENT, 4000, SERVER_IN_PREF64, 53, 1))
                .write(input);
        translate();

        var decoded = tshark(
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
                "-o",
                "tcp.check_checksum:TRUE",
                "-T",
                "fields",
                "-e",
                "ip.checksum.status",
                "-e",
                "udp.checksum.status",
                "-e",
                "tcp.checksum.status",
                "-e",
                "icmpv6.checksum.status");

        assertThat(decoded).containsExactly("1\t1\t\t", "1\t\t1\t", "\t1\t\t1");
    }

    @Test
    void endsWithOneWhereTheCaptureIsDamagedAndKeepsWhatCameBefore() throws Exception {
        var whole = Files.readAllBytes(Captures.rawIp()
                .add(Duration.ZERO, REQUEST)
                .add(Duration.ZERO, REQUEST)
                .write(input));
        Files.write(input, Arrays.copyOf(whole, whole.length - 1));

        assertThat(translate()).isEqualTo(1);

        assertThat(err.toString()).contains("ends in the middle of frame 2");
        assertThat(out.toString()).contains("1 packets translated from IPv6");
        assertThat(Captures.read(output)).hasSize(1);
    }

    @Test
    void endsWithTwoAtDamagedPcapngAndLeavesTheOutputAlone() throws Exception {
        Files.write(input, new byte[] {0x0a, 0x0d, 0x0d, 0x0a});
        Files.writeString(output, "precious");

        assertThat(translate()).isEqualTo(2);

        assertThat(err.toString()).contains(input.toString()).contains("libpcap");
        assertThat(output).hasContent("precious");
    }

    @Test
    void endsWithTwoWhenTheInputIsMissing() {
        assertThat(translate()).isEqualTo(2);
        assertThat(err.toString()).contains(input + ": no such file, or not readable");
        assertThat(output).doesNotExist();
    }

    @Test
    void refusesToOverwriteItsInput() throws Exception {
        Captures.rawIp().add(Duration.ZERO, REQUEST).write(input);
        output = directory.resolve("../" + directory.getFileName() + "/in.pcap");

        assertThat(translate()).isEqualTo(2);
        assertThat(Captures.read(input)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=xml", "--seed=x", "third.pcap"})
    void endsWithTwoWhenUsedWrongly(String argument) throws Exception {
        Captures.rawIp().write(input);

        assertThat(translate(argument)).isEqualTo(2);
        assertThat(output).doesNotExist();
    }

    private int portOfFirstBinding() throws Exception {
        Captures.rawIp().add(Duration.ZERO, REQUEST).write(input);
        translate("--format", "json");
        out.getBuffer().setLength(0);
        return ipv4(Captures.read(output).getFirst().octets())
                .get(UdpPacket.class)
                .getHeader()
                .getSrcPort()
                .valueAsInt();
    }

    private List<String> tshark(String... options) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
        var command = new ArrayList<>(List.of("tshark", "-n", "-r", output.toString()));
        command.addAll(List.of(options));
        var result = Commands.attempt(command, Duration.ofMinutes(1));
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output().lines().filter(line -> line.contains("\t")).toList();
    }

    private int translate(String... options) {
        var arguments = new ArrayList<>(
                List.of("translate", input.toString(), output.toString(), "--config", config.toString()));
        arguments.addAll(List.of(options));
        return Nat64Command.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private static byte[] withoutChecksums(byte[] packet) {
        var octets = packet.clone();
        Arrays.fill(octets, 10, 12, (byte) 0);
        Arrays.fill(octets, 26, 28, (byte) 0);
        return octets;
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
