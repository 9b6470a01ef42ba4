// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import nat64.dns64.statistics.QueryLogEntry;
import nat64.dns64.statistics.Transport;
import nat64.gateway.config.common.LogConfig;
import org.junit.jupiter.api.Test;

class QueryLogWriterTest {

    private static final QueryLogEntry ENTRY = new QueryLogEntry(
            InetAddress.ofLiteral("192.0.2.1"),
            Transport.UDP,
            "site-a",
            "www.example.org. IN AAAA",
            0,
            "synthesized",
            93,
            true);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void writesALineForPeople() {
        assertThat(line(LogConfig.Format.TEXT))
                .isEqualTo("2026-01-02T03:04:05Z 192.0.2.1 udp site-a www.example.org. IN AAAA NOERROR synthesized 93"
                        + " ready");
    }

    @Test
    void writesAJsonObject() {
        assertThat(line(LogConfig.Format.JSON))
                .isEqualTo("{\"time\":\"2026-01-02T03:04:05Z\",\"client\":\"192.0.2.1\",\"transport\":\"udp\","
                        + "\"view\":\"site-a\",\"question\":\"www.example.org. IN AAAA\",\"rcode\":\"NOERROR\","
                        + "\"reason\":\"synthesized\",\"bytes\":93,\"ready\":true}");
    }

    private String line(LogConfig.Format format) {
        var clock = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        new QueryLogWriter(format, print, clock).accept(ENTRY);
        return out.toString(StandardCharsets.UTF_8).strip();
    }
}
