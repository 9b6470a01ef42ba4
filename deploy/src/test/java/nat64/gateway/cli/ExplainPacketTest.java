// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static nat64.gateway.replay.Captures.CLIENT;
import static nat64.gateway.replay.Captures.SERVER_IN_PREF64;
import static nat64.gateway.replay.Captures.tcp;
import static nat64.gateway.replay.Captures.udp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nat64.gateway.metrics.Metrics;
import nat64.gateway.replay.Captures;
import nat64.translator.TranslatorStatistics;
import nat64.translator.TranslatorStatistics.Traffic;
import nat64.translator.packet.Counters.Forwarded;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.ForwardingPath;
import nat64.translator.packet.TransportClass;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.IpNumber;

class ExplainPacketTest {

    private static final String SYN = "tcp [2001:db8:1::2]:4000 -> [2001:db8:64::198.51.100.2]:443";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    private Path config = Path.of("");
    private Path capture = Path.of("");

    @BeforeEach
    void nameFiles() throws Exception {
        config = Files.writeString(directory.resolve("nat64.yaml"), Captures.CONFIG);
        capture = directory.resolve("in.pcap");
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp [2001:db8:2::2]:1 -> [2001:db8:64::8.8.8.8]:80     | client_not_allowed   | RFC 6146, section 1.2.3",
                "tcp [2001:db8:1::2]:1 -> [2001:db8::1]:80              | not_in_pref64        | RFC 6146, section 3.5",
                "tcp [2001:db8:64::1]:1 -> [2001:db8:64::8.8.8.8]:80    | source_in_pref64     | RFC 6146, section 3.5",
                "udp [fe80::1]:1 -> [2001:db8:64::8.8.8.8]:80           | illegal_source       | RFC 7915, sections 4.1 and 5.1",
                "udp [2001:db8:1::2]:1 -> [2001:db8:64::8.8.8.8]:80 ttl=1 | hop_limit_exceeded | RFC 7915, sections 4.1 and 5.1",
                "udp [2001:db8:1::2]:1 -> [2001:db8:64::127.0.0.1]:80   | unroutable_ipv4      | RFC 1812, section 5.3.7",
                "tcp [2001:db8:1::2]:1 -> [2001:db8:64::8.8.8.8]:80 ack | no_session           | RFC 6146, section 3.5.2.2",
                "sctp 2001:db8:1::2 -> 2001:db8:64::8.8.8.8 length=60   | unsupported_protocol | RFC 6146, section 3.4",
                "udp 8.8.8.8:53 -> 203.0.113.1:4000                     | no_binding           | RFC 6146, section 3.5",
                "udp 8.8.8.8:53 -> 203.0.113.77:4000                    | not_in_pool4         | RFC 6146, section 3.5",
                "udp 127.0.0.1:53 -> 203.0.113.1:4000                   | illegal_source       | RFC 7915, sections 4.1 and 5.1",
                "tcp 8.8.8.8:53 -> 203.0.113.1:4000 syn                 | syn_stored           | RFC 6146, section 3.5.2.2",
                "icmp 8.8.8.8 -> 203.0.113.1 id=9 ttl=1                 | hop_limit_exceeded   | RFC 7915, sections 4.1 and 5.1",
            })
    void namesTheRuleBehindEachDrop(String packet, String reason, String rule) {
        assertThat(explain(packet)).isZero();

        var direction = packet.contains("[") || packet.contains("::") ? "from_ipv6" : "from_ipv4";
        assertThat(out.toString())
                .contains("verdict       dropped: " + reason)
                .contains("rule          " + rule)
                .contains("dropped: ")
                .contains("nat64_dropped_packets_total{direction=\"" + direction + "\",reason=\"" + reason + "\"}");
    }

    @Test
    void namesTheRuleOfTheWellKnownPrefix() throws Exception {
        Files.writeString(config, "clients: [\"2001:db8:1::/64\"]");

        assertThat(explain("tcp [2001:db8:1::2]:1 -> [64:ff9b::10.0.0.1]:80")).isZero();

        assertThat(out.toString()).contains("dropped: non_global_ipv4").contains("rule          RFC 6052, section 3.1");
    }

    @Test
    void namesTheRuleOfAddressDependentFiltering() throws Exception {
        Files.writeString(
                config,
                Captures.CONFIG.replace("32}", "32, ports: 2000-2000}") + "  address-dependent-filtering: true\n");
        Captures.rawIp()
                .add(Duration.ZERO, udp(CLIENT, 4000, SERVER_IN_PREF64, 53, 64))
                .write(capture);

        assertThat(explain("udp 8.8.8.8:53 -> 203.0.113.1:2000", "--capture", capture.toString()))
                .isZero();

        assertThat(out.toString())
                .contains("[2001:db8:1::2]:4000 is 203.0.113.1:2000")
                .contains("dropped: address_dependent_filtering")
                .contains("rule          RFC 6146, section 3.5.");
    }

    @Test
    void tellsThatTheBindingIsStatic() throws Exception {
        Files.writeString(
                config,
                Captures.CONFIG + "  static-bindings:\n"
                        + "    - {protocol: tcp, ipv6: \"[2001:db8:1::5]:80\", ipv4: \"203.0.113.1:80\"}\n");

        assertThat(explain("tcp 8.8.8.8:4000 -> 203.0.113.1:80")).isZero();

        assertThat(out.toString())
                .contains("[2001:db8:1::5]:80 is 203.0.113.1:80, a static binding")
                .contains("verdict       translated");
    }

    @Test
    void namesTheRuleOfFullPool4() throws Exception {
        Files.writeString(
                config, Captures.CONFIG.replace("32}", "32, ports: 2000-2000}") + "  subscribers: {max-ports: 0}\n");
        Captures.rawIp()
                .add(Duration.ZERO, udp(CLIENT, 4000, SERVER_IN_PREF64, 53, 64))
                .write(capture);

        assertThat(explain("udp [2001:db8:1::2]:4002 -> [2001:db8:64::8.8.8.8]:53", "--capture", capture.toString()))
                .isZero();

        assertThat(out.toString())
                .contains("dropped: pool4_exhausted")
                .contains("rule          RFC 6146, section 3.5.1.1");
    }

    @Test
    void namesTheLimitThatIsReached() throws Exception {
        Files.writeString(config, Captures.CONFIG + "  max-sessions: 1024\n  subscribers: {max-sessions: 0}\n");
        var frames = Captures.rawIp();
        for (int i = 0; i < 1024; i++) {
            frames.add(Duration.ZERO, udp(CLIENT, 4000, SERVER_IN_PREF64, 1000 + i, 64));
        }
        frames.write(capture);

        assertThat(explain("udp [2001:db8:1::2]:4000 -> [2001:db8:64::8.8.8.8]:53", "--capture", capture.toString()))
                .isZero();

        assertThat(out.toString()).contains("1024 of 1024 sessions in use").contains("dropped: session_table_full");
    }

    @Test
    void namesTheRuleOfDamagedFrames() throws Exception {
        var packet = udp("8.8.8.8", 53, "203.0.113.1", 4000, 64);
        packet[10] ^= 1;
        var fragment = Captures.ip(
                CLIENT,
                SERVER_IN_PREF64,
                IpNumber.getInstance((byte) 44),
                64,
                new UnknownPacket.Builder().rawData(new byte[] {58, 0, 0, 8, 0, 0, 0, 1, 1, 2, 3, 4}));
        Captures.rawIp()
                .add(Duration.ZERO, packet)
                .add(Duration.ZERO, java.util.Arrays.copyOf(packet, 27))
                .add(Duration.ZERO, fragment)
                .write(capture);

        explain("--capture", capture.toString(), "--frame", "1");
        explain("--capture", capture.toString(), "--frame", "2");
        explain("--capture", capture.toString(), "--frame", "3");

        assertThat(out.toString())
                .contains("dropped: bad_header_checksum")
                .contains("rule          RFC 1812, section 5.2.2")
                .contains("dropped: truncated")
                .contains("dropped: fragmented_icmp");
    }

    @Test
    void tellsEachStepOfPacketThatGoesThrough() {
        assertThat(explain(SYN + " length=100")).isZero();

        assertThat(out.toString().lines().map(line -> line.strip().replaceFirst("\\s{2,}.*", "")))
                .containsExactly(
                        "IPv6 TCP SYN from [2001:db8:1::2]:4000 to [2001:db8:64::c633:6402]:443, 100 octets, hop limit 64",
                        "headers",
                        "addresses",
                        "hop limit",
                        "size",
                        "tuple",
                        "client",
                        "policy",
                        "binding",
                        "session",
                        "outgoing",
                        "translation",
                        "sending",
                        "verdict",
                        "rule",
                        "counter",
                        "sent");
        assertThat(out.toString())
                .contains("198.51.100.2 in the Pref64 2001:db8:64::/96")
                .contains("is among the clients: 2001:db8:1::/64")
                .contains("bound for this packet")
                .contains("created, state V6_INIT, ends in 240 s")
                .contains("1 of 65536 sessions in use")
                .contains("IPv6 with 100 bytes becomes IPv4 with 80 bytes")
                .contains(
                        "nat64_translated_packets_total{direction=\"from_ipv6\",protocol=\"tcp\",path=\"translated\"}");
    }

    @Test
    void runsTheFramesBeforeTheOneAskedFor() throws Exception {
        Captures.rawIp()
                .add(Duration.ZERO, tcp(CLIENT, 4000, SERVER_IN_PREF64, 443, "S"))
                .add(Duration.ofSeconds(1), tcp(CLIENT, 4000, SERVER_IN_PREF64, 443, "R"))
                .write(capture);

        assertThat(explain("--capture", capture.toString(), "--frame", "2")).isZero();

        assertThat(out.toString())
                .contains("known, state V6_INIT, ends in 239 s")
                .doesNotContain("bound for this packet", "  client  ", "  policy  ");
    }

    @Test
    void explainsEchoAndItsAnswer() {
        assertThat(explain("icmp 2001:db8:1::2 -> 2001:db8:64::8.8.8.8 id=77")).isZero();

        assertThat(out.toString())
                .contains("IPv6 ICMP echo request id 77")
                .contains("2001:db8:1::2 identifier 77 is 203.0.113.1 identifier ")
                .contains("sent          IPv4 ICMP echo request id ");
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "udp [2001:db8:1::2]:1 -> [2001:db8:64::8.8.8.8]:80       | translated | 2001:db8:1::2 is 192.52.194.7 by the mapping of 192.52.194.7/32 to 2001:db8:1::2/128 (RFC 7757, section 3.3)",
                "udp 8.8.8.8:80 -> 192.52.194.7:1                         | translated | 8.8.8.8 is 2001:db8:64::808:808 in the Pref64 2001:db8:64::/96 (RFC 6052, section 2.3)",
                "udp [2001:db8:1::2]:1 -> [2001:db8:64::192.52.194.8]:80  | translated | both hosts have a mapping (RFC 7757, section 4.2.2)",
                "udp [2001:db8:1::9]:1 -> [2001:db8:64::8.8.8.8]:80       | dropped: untranslatable_source | 2001:db8:1::9 has neither a mapping nor a Pref64",
                "udp [2001:db8:1::2]:1 -> [2001:db8:9::1]:80              | dropped: untranslatable_destination | 2001:db8:9::1 has neither a mapping nor a Pref64",
                "udp [2001:db8:1::2]:1 -> [2001:db8:64::8.8.8.8]:80 ttl=1 | dropped: hop_limit_exceeded | RFC 7915, sections 4.1 and 5.1",
                "udp 127.0.0.1:80 -> 192.52.194.7:1                       | dropped: illegal_source | RFC 7915, sections 4.1 and 5.1",
            })
    void explainsPacketsOfAStatelessTranslator(String packet, String verdict, String finding) throws Exception {
        Files.writeString(config, """
                role: translator
                pref64: ["2001:db8:64::/96"]
                translator:
                  mode: siit
                  stateless:
                    eam: [{ipv4: 192.52.194.7, ipv6: "2001:db8:1::2"}, {ipv4: 192.52.194.8, ipv6: "2001:db8:1::3"}]
                """);

        assertThat(explain(packet)).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains("verdict       " + verdict)
                .contains(finding)
                .doesNotContain("session", "binding");
    }

    @Test
    void writesJson() throws Exception {
        assertThat(explain(SYN, "--json")).isZero();

        var json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("verdict").asText()).isEqualTo("translated");
        assertThat(json.path("reason").asText()).isEqualTo("none");
        assertThat(json.path("rule").asText()).isEqualTo("RFC 7915, sections 4 and 5");
        assertThat(json.at("/steps/0/step").asText()).isEqualTo("headers");
        assertThat(json.path("sent")).hasSize(1);
    }

    @Test
    void writesAddressesAsJsonToo() throws Exception {
        assertThat(explain("8.8.8.8", "--json")).isZero();

        var json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("address").asText()).isEqualTo("8.8.8.8");
        assertThat(json.at("/lines/0").asText()).contains("an ordinary global IPv4 address");
    }

    @Test
    void namesCountersAsTheMetricsDo() {
        explain("udp 8.8.8.8:53 -> 203.0.113.1:4000");
        explain(SYN);
        var traffic = new Traffic(
                1,
                1,
                java.util.Map.of(DropReason.NO_BINDING, 1L),
                java.util.List.of(new Forwarded(TransportClass.TCP, ForwardingPath.TRANSLATED, 1, 1)));
        var metrics = new Metrics("1");
        metrics.addTranslator(() -> new TranslatorStatistics(traffic, traffic, 0, 0, java.util.Map.of()));
        var exported = metrics.text().replace(",}", "}");

        var counters = out.toString()
                .lines()
                .filter(line -> line.startsWith("counter"))
                .map(line -> line.substring("counter".length()).strip())
                .toList();
        assertThat(counters)
                .hasSize(2)
                .allSatisfy(counter -> assertThat(exported).contains(counter + " 1.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp [2001:db8::1] -> [2001:db8:64::8.8.8.8]:80",
                "tcp [2001:db8::1]:1 -> 8.8.8.8:80",
                "tcp [2001:db8::1]:99999 -> [2001:db8:64::8.8.8.8]:80",
                "quic [2001:db8::1]:1 -> [2001:db8:64::8.8.8.8]:80",
                "tcp [2001:db8::1]:1 -> [2001:db8:64::8.8.8.8]:80 ttl=256",
                "tcp [2001:db8::1]:1 -> [2001:db8:64::8.8.8.8]:80 length=12",
                "tcp [2001:db8::1]:1 -> [2001:db8:64::8.8.8.8]:80 urgent",
                "tcp example.org:1 -> [2001:db8:64::8.8.8.8]:80",
                "a -> b",
            })
    void endsWithTwoWhereThePacketCannotBeRead(String packet) {
        assertThat(explain(packet)).isEqualTo(2);
        assertThat(err.toString()).contains("write an address such as");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void endsWithTwoWhereTheFrameIsNotThere() throws Exception {
        Captures.ethernet()
                .add(Duration.ZERO, Captures.inEthernet(0x0806, new byte[46]))
                .add(Duration.ZERO, Captures.inEthernet(0x86dd, new byte[40]), 1500)
                .write(capture);

        assertThat(explain("--capture", capture.toString(), "--frame", "3")).isEqualTo(2);
        assertThat(explain("--capture", capture.toString(), "--frame", "2")).isEqualTo(2);
        assertThat(explain("--capture", capture.toString(), "--frame", "1")).isEqualTo(2);
        assertThat(explain("--frame", "1")).isEqualTo(2);
        assertThat(explain("--capture", directory.resolve("no.pcap").toString(), "--frame", "1"))
                .isEqualTo(2);
        assertThat(explain(SYN, "--capture", capture.toString(), "--frame", "1"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("the capture has no frame 3")
                .contains("frame 2 was cut short")
                .contains("frame 1 has no IP packet")
                .contains("no such file, or not readable");
    }

    private int explain(String... options) {
        var arguments = new ArrayList<>(List.of("explain", "--config", config.toString()));
        arguments.addAll(List.of(options));
        return Nat64Command.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
