// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import nat64.gateway.config.common.LogConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void catchStandardError() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void quieten() {
        System.setErr(standardError);
        Logging.start(new LogConfig(LogConfig.Level.WARN, LogConfig.Format.TEXT));
    }

    @Test
    void writesLinesForPeople() {
        var before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Logging.start(new LogConfig(LogConfig.Level.INFO, LogConfig.Format.TEXT));

        LoggerFactory.getLogger("nat64").info("ready in {} ms", 7);

        var line = written.toString(StandardCharsets.UTF_8);
        assertThat(line).endsWith(" INFO  ready in 7 ms" + System.lineSeparator());
        assertThat(OffsetDateTime.parse(line.substring(0, line.indexOf(' '))).toInstant())
                .isBetween(before, Instant.now());
    }

    @Test
    void writesOneJsonObjectPerLine() throws Exception {
        Logging.start(new LogConfig(LogConfig.Level.INFO, LogConfig.Format.JSON));

        LoggerFactory.getLogger("nat64").warn("a {}\nline", "\"quoted\"");

        var line = written.toString(StandardCharsets.UTF_8).strip();
        assertThat(line).doesNotContain("\n");
        var object = new ObjectMapper().readTree(line);
        assertThat(object.propertyStream().map(Map.Entry::getKey))
                .containsExactly("time", "level", "logger", "message", "thread");
        assertThat(object.path("message").asText()).isEqualTo("a \"quoted\"\nline");
        assertThat(object.path("level").asText()).isEqualTo("WARN");
        assertThat(object.path("logger").asText()).isEqualTo("nat64");
        assertThat(Instant.parse(object.path("time").asText())).isBefore(Instant.now());
    }

    @Test
    void writesTheStackTraceOfAnExceptionIntoTheSameObject() throws Exception {
        Logging.start(new LogConfig(LogConfig.Level.INFO, LogConfig.Format.JSON));

        LoggerFactory.getLogger("nat64").error("failed", new IllegalStateException("no uplink"));

        var line = written.toString(StandardCharsets.UTF_8).strip();
        assertThat(line).doesNotContain("\n");
        assertThat(new ObjectMapper().readTree(line).path("exception").asText())
                .startsWith("java.lang.IllegalStateException: no uplink")
                .contains("at " + LoggingTest.class.getName());
    }

    @Test
    void keepsLibrariesQuieterThanItself() {
        Logging.start(new LogConfig(LogConfig.Level.DEBUG, LogConfig.Format.TEXT));

        LoggerFactory.getLogger("nat64.gateway").debug("ours");
        LoggerFactory.getLogger("org.example").info("theirs");
        LoggerFactory.getLogger("org.example").warn("their warning");

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("ours", "their warning")
                .doesNotContain("theirs");
    }

    /** Else whoever owns a zone could fill the disk. */
    @Test
    void saysNothingOfWrongSignatures() {
        Logging.start(new LogConfig(LogConfig.Level.DEBUG, LogConfig.Format.TEXT));

        LoggerFactory.getLogger("org.xbill.DNS.dnssec.DnsSecVerifier").error("Failed to validate RRset");

        assertThat(written.size()).isZero();
    }

    @Test
    void isSilentAboutAllButErrorsWhenAsked() {
        Logging.start(new LogConfig(LogConfig.Level.ERROR, LogConfig.Format.TEXT));

        LoggerFactory.getLogger("nat64").warn("a warning");
        LoggerFactory.getLogger("org.example").warn("a warning");

        assertThat(written.size()).isZero();
    }
}
