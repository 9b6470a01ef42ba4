// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.query.Counters;
import nat64.dns64.query.Pipelines;
import nat64.dns64.statistics.Transport;
import nat64.dns64.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections of HTTP without TLS and without a network; time passes when a test says so. */
@ExtendWith(LeakCheck.class)
@Tag("R-101")
class HttpVersionsTest {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final byte[] PING = {0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8};
    private static final int STEP_SECONDS = 10;

    private final EmbeddedChannel connection = new EmbeddedChannel();

    @BeforeEach
    void freeze() {
        connection.freezeTime();
    }

    @AfterEach
    void close() {
        connection.finishAndReleaseAll();
    }

    @Test
    void closesAConnectionThatSendsNothingButPings() {
        begin(ApplicationProtocolNames.HTTP_2);
        write(PREFACE, SETTINGS);

        assertThat(secondsOpen(PING)).isLessThanOrEqualTo(Transport.HTTPS.idleSeconds());
    }

    @Test
    void closesAConnectionThatSendsNothingButSettings() {
        begin(ApplicationProtocolNames.HTTP_2);
        write(PREFACE, SETTINGS);

        assertThat(secondsOpen(SETTINGS)).isLessThanOrEqualTo(Transport.HTTPS.idleSeconds());
    }

    @Test
    void closesAConnectionThatDripsAHeader() {
        begin(ApplicationProtocolNames.HTTP_1_1);
        write("GET /dns-query?dns=".getBytes(StandardCharsets.US_ASCII));

        assertThat(secondsOpen(new byte[] {'A'})).isLessThanOrEqualTo(Transport.HTTPS.idleSeconds());
    }

    /** A connection that is closed with input unread is reset, and the refusal may be lost (RFC 9112, section 9.6). */
    @Test
    void readsOnAfterARefusalUntilTheClientHasSeenIt() {
        begin(ApplicationProtocolNames.HTTP_1_1);
        var head = """
                POST /dns-query HTTP/1.1
                Content-Type: application/dns-message
                Content-Length: 65000

                """;
        connection.writeInbound(Unpooled.copiedBuffer(head.replace("\n", "\r\n"), StandardCharsets.US_ASCII));
        ByteBuf refusal = connection.readOutbound();
        assertThat(refusal.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 413 ");
        refusal.release();

        assertThat(connection.isOpen()).isTrue();
        write(new byte[1000]);
        connection.advanceTimeBy(STEP_SECONDS, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
        assertThat(connection.isOpen()).isFalse();
    }

    private void begin(String protocol) {
        var counters = new Counters();
        var queries = Pipelines.handler(
                Pipelines.pipeline((_, _) -> new CompletableFuture<>(), () -> 0, "64:ff9b::/96"),
                counters,
                new PacketCache(0, 0, () -> 0),
                "64:ff9b::/96");
        var versions = new HttpVersions(active -> new HttpsHandler(queries, counters, "/dns-query", active), counters);
        connection.pipeline().addLast(versions);
        versions.configurePipeline(connection.pipeline().context(versions), protocol);
        connection.pipeline().remove(versions);
        connection.pipeline().fireChannelActive();
    }

    /** For how long the connection stays open while these bytes come again and again. */
    private int secondsOpen(byte[] bytes) {
        int seconds = 0;
        while (connection.isOpen()) {
            assertThat(seconds).isLessThan(10 * Transport.HTTPS.idleSeconds());
            write(bytes);
            connection.advanceTimeBy(STEP_SECONDS, TimeUnit.SECONDS);
            connection.runScheduledPendingTasks();
            connection.runPendingTasks();
            seconds += STEP_SECONDS;
        }
        return seconds;
    }

    private void write(byte[]... parts) {
        for (byte[] part : parts) {
            connection.writeInbound(Unpooled.wrappedBuffer(part));
        }
        for (Object out = connection.readOutbound(); out != null; out = connection.readOutbound()) {
            ((ByteBuf) out).release();
        }
    }
}
