// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import nat64.gateway.bindinglog.format.LogRecord.Change;
import nat64.gateway.bindinglog.format.LogRecord.Place;
import nat64.gateway.bindinglog.format.SyslogEncoder.Framing;
import nat64.gateway.replay.Captures;
import nat64.gateway.system.Commands;
import nat64.translator.session.table.Protocol;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tshark, which knows nothing of our code, finds in our messages. */
@SuppressWarnings("NullAway.Init")
class DecodedByTsharkTest {

    private static final int IPFIX = 4739;
    private static final int SYSLOG = 514;
    private static final int IPV4_HEADER = 20;
    private static final int UDP_HEADER = 8;

    private static final LogRecord[] RECORDS = {
        Records.binding(Change.START),
        new LogRecord.Binding(Records.MILLIS + 1, Change.PRESENT, Records.binding(Protocol.UDP, 1)),
        new LogRecord.Binding(Records.MILLIS + 2, Change.END, Records.binding(Protocol.ICMP, 65_535)),
        Records.session(Change.START),
        Records.session(Change.END),
        new LogRecord.Lost(Records.MILLIS, 17, Place.RING)
    };

    @TempDir
    private Path directory;

    @Test
    @Tag("C-211")
    void ipfixHasTheValuesOfEachRecord() throws Exception {
        var encoder = new IpfixEncoder(7, 77);
        var decoded = fields(
                IPFIX,
                Records.encoded(encoder, RECORDS),
                "cflow.nat_event",
                "cflow.srcaddrv6",
                "cflow.srcport",
                "cflow.post_natsource_ipv4_address",
                "cflow.post_naptsource_transport_port",
                "cflow.protocol",
                "cflow.dstaddrv6",
                "cflow.dstport",
                "cflow.post_natdestination_ipv4_address",
                "cflow.notsent_flows",
                "cflow.od_id");

        assertThat(decoded)
                .containsExactly(String.join(
                        "\t",
                        "10,10,11,6,7",
                        repeat("2001:db8::7", 5),
                        repeat("4000", 5),
                        repeat("198.51.100.7", 5),
                        "50321,1,65535,50321,50321",
                        "6,17,58,6,6",
                        repeat("64:ff9b::c000:221", 2),
                        repeat("443", 2),
                        repeat("192.0.2.33", 2),
                        "17",
                        "7"));
    }

    @Test
    @Tag("C-211")
    void ipfixHasBlocksOfPorts() throws Exception {
        var decoded = fields(
                IPFIX,
                Records.encoded(
                        new IpfixEncoder(7, 77),
                        Records.block(Change.START),
                        Records.block(Change.PRESENT),
                        Records.block(Change.END)),
                "cflow.nat_event",
                "cflow.srcaddrv6",
                "cflow.srcmaskv6",
                "cflow.post_natsource_ipv4_address",
                "cflow.port_range_start",
                "cflow.port_range_end");

        assertThat(decoded)
                .containsExactly(String.join(
                        "\t",
                        "16,16,17",
                        repeat("2001:db8:0:100::", 3),
                        repeat("56", 3),
                        repeat("198.51.100.7", 3),
                        repeat("50176", 3),
                        repeat("50687", 3)));
    }

    @Test
    void syslogHasBlocksOfPorts() throws Exception {
        var encoder = new SyslogEncoder(Framing.DATAGRAM, 19, "gw.example.org", 77);

        assertThat(fields(SYSLOG, Records.encoded(encoder, Records.block(Change.START)), "syslog.msgid", "syslog.msg"))
                .singleElement()
                .asString()
                .startsWith("block_start")
                .contains("subscriber=\"2001:db8:0:100::/56\"", "first_port=\"50176\" last_port=\"50687\"");
    }

    @Test
    void ipfixHasTheTimeOfEachRecord() throws Exception {
        assertThat(fields(
                        IPFIX,
                        Records.encoded(new IpfixEncoder(0, 77), RECORDS[0], RECORDS[1], RECORDS[2]),
                        "cflow.observation_time_milliseconds",
                        "cflow.version"))
                .singleElement()
                .asString()
                .matches("Jan +2, 2026 03:04:05.678\\d* UTC,Jan +2, 2026 03:04:05.679\\d* UTC,"
                        + "Jan +2, 2026 03:04:05.680\\d* UTC\t10");
    }

    @Test
    void ipfixMessagesFollowEachOther() throws Exception {
        var encoder = new IpfixEncoder(0, 77);
        var batch = new Batch();
        for (int i = 0; i < 900; i++) {
            encoder.encode(RECORDS[i % RECORDS.length], batch, Records.MILLIS);
        }
        encoder.finish(batch, Records.MILLIS);

        assertThat(fields(IPFIX, batch, "cflow.nat_event", "cflow.notsent_flows"))
                .hasSize(batch.messages())
                .allSatisfy(line -> assertThat(line.replace("\t", "").isEmpty()).isFalse());
        assertThat(fields(IPFIX, batch, "cflow.sequence_analysis.expected_sn", "cflow.version"))
                .as("tshark expects other sequence numbers")
                .allMatch(line -> line.startsWith("\t"));
    }

    @Test
    void syslogHasItsHeaderAndData() throws Exception {
        var encoder = new SyslogEncoder(Framing.DATAGRAM, 19, "gw.example.org", 77);
        var decoded = fields(
                SYSLOG,
                Records.encoded(encoder, Records.binding(Change.START), RECORDS[5]),
                "syslog.facility",
                "syslog.level",
                "syslog.version",
                "syslog.hostname",
                "syslog.appname",
                "syslog.procid",
                "syslog.msgid",
                "syslog.msg");

        assertThat(decoded).hasSize(2);
        assertThat(decoded.getFirst())
                .startsWith(String.join("\t", "19", "6", "1", "gw.example.org", "nat64", "77", ""))
                .contains("binding_start")
                .contains("[nat64@32473 protocol=\"tcp\" client=\"2001:db8::7\" client_port=\"4000\"");
        assertThat(decoded.getLast()).startsWith("19\t4\t1\t").contains("records=\"17\" where=\"ring\"");
    }

    private static String repeat(String value, int times) {
        return String.join(",", Collections.nCopies(times, value));
    }

    /** One line for each message; none may be malformed. */
    private List<String> fields(int port, Batch batch, String... names) throws Exception {
        assumeTrue(Commands.locate("tshark").isPresent(), "tshark is missing; deploy/setup installs it");
        var capture = Captures.rawIp();
        for (int i = 0; i < batch.messages(); i++) {
            capture.add(Duration.ofMillis(i), datagram(port, batch.message(i)));
        }
        var file = capture.write(directory.resolve("capture.pcap"));
        assertThat(tshark(file, "-Y", "_ws.malformed", "-T", "fields", "-e", "frame.number", "-e", "ip.src"))
                .as("malformed messages")
                .isEmpty();
        var options = new ArrayList<>(List.of("-T", "fields"));
        Arrays.stream(names).forEach(name -> options.addAll(List.of("-e", name)));
        return tshark(file, options.toArray(String[]::new));
    }

    private static List<String> tshark(Path file, String... options) throws Exception {
        var command = new ArrayList<>(
                List.of("env", "TZ=UTC", "tshark", "-n", "-r", file.toString(), "-d", "udp.port==" + IPFIX + ",cflow"));
        command.addAll(List.of(options));
        var result = Commands.attempt(command, Duration.ofMinutes(2));
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output().lines().filter(line -> line.contains("\t")).toList();
    }

    private static byte[] datagram(int port, ByteBuffer payload) {
        int length = IPV4_HEADER + UDP_HEADER + payload.remaining();
        return ByteBuffer.allocate(length)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) length)
                .putInt(0)
                .put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0)
                .put("\300\0\2\1\300\0\2\2".getBytes(StandardCharsets.ISO_8859_1)) // 192.0.2.1 to 192.0.2.2
                .putShort((short) 40_000)
                .putShort((short) port)
                .putShort((short) (length - IPV4_HEADER))
                .putShort((short) 0)
                .put(payload)
                .array();
    }
}
