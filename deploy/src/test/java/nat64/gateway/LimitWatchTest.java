// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import nat64.translator.TranslatorStatistics;
import nat64.translator.TranslatorStatistics.Traffic;
import nat64.translator.packet.DropReason;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.record.TableCounts.Pressure;
import nat64.translator.session.table.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Each limit that is reached has a line in the log, and full tables make the gateway not ready. */
class LimitWatchTest {

    private final AtomicLong clock = new AtomicLong(1_000);
    private final AtomicReference<TranslatorStatistics> statistics =
            new AtomicReference<>(statistics(Map.of(), Map.of(), 0));
    private final LimitWatch watch = LimitWatch.stopped(statistics::get, clock::get);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("nat64");

    @BeforeEach
    void start() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        watch.close();
    }

    @Test
    void aLimitHasALineAtOnceAndThenOneAMinute() {
        for (int second = 0; second < 130; second++) {
            look(Map.of(DropReason.SUBSCRIBER_SESSION_LIMIT, 10L * (second + 1)), Map.of(), 0);
        }
        assertThat(lines()).hasSize(3).allSatisfy(line -> assertThat(line).contains("subscriber_session_limit"));
        assertThat(lines().getFirst()).contains(": 10 packets");
        assertThat(lines().get(1)).contains(": 600 packets");
        assertThat(watch.refusing()).isEmpty();
    }

    @Test
    void aFullTableIsAReasonNotToBeReadyForTenSeconds() {
        look(Map.of(), Map.of(), 0);
        assertThat(watch.refusing()).isEmpty();
        look(Map.of(DropReason.SESSION_TABLE_FULL, 1L), Map.of(), 0);
        assertThat(watch.refusing()).singleElement().asString().contains("session_table_full");
        clock.addAndGet(10_000);
        assertThat(watch.refusing()).isEmpty();
        assertThat(lines()).singleElement().asString().contains("session_table_full");
    }

    @Test
    void strangersThatFindAFullTableAreNoReason() {
        look(Map.of(), Map.of(DropReason.SESSION_TABLE_FULL, 1L), 0);
        assertThat(watch.refusing()).isEmpty();
    }

    @Test
    void sessionsThatEndEarlyHaveALine() {
        look(Map.of(), Map.of(), 7);
        assertThat(lines()).singleElement().asString().contains("7 unanswered sessions ended early");
    }

    private void look(Map<DropReason, Long> fromIpv6, Map<DropReason, Long> fromIpv4, long endedEarly) {
        clock.addAndGet(1_000);
        statistics.set(statistics(fromIpv6, fromIpv4, endedEarly));
        watch.look();
    }

    private static TranslatorStatistics statistics(
            Map<DropReason, Long> fromIpv6, Map<DropReason, Long> fromIpv4, long endedEarly) {
        var table = new TableCounts(1, 2, 3, 4, 5, new Pressure(0, 0, endedEarly), 0, Map.of(), Map.of());
        return new TranslatorStatistics(
                new Traffic(0, 0, fromIpv6), new Traffic(0, 0, fromIpv4), 0, 0, Map.of(Protocol.UDP, table));
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
