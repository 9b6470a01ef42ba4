// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.metrics.TableSample;
import nat64.translator.TranslatorThreads;
import nat64.translator.device.MemoryPort;
import nat64.translator.session.record.SubscriberRecord;
import nat64.translator.session.table.Protocol;
import nat64.translator.translate.NextHopMtus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of a translator that runs, with 256 addresses in pool4. */
@Timeout(60)
class TableSamplesTest {

    private static final String CONFIGURATION = """
            role: translator
            pref64: [2001:db8:64::/96]
            clients: ["2001:db8:1::/48"]
            translator:
              pool4: [{prefix: 203.0.113.0/24}]
              masquerade: false
              max-sessions: 1024
            """;

    private final MemoryPort port = new MemoryPort();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger wanted = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private TranslatorThreads translator;

    @SuppressWarnings("NullAway.Init")
    private TableSamples samples;

    @BeforeEach
    void start() {
        var config = ConfigFile.parse("f", CONFIGURATION).config();
        translator = TranslatorThreads.start(
                Arena.ofShared(),
                config.modeSettings(NextHopMtus.UNLIMITED),
                List.of(port),
                new TranslatorThreads.Surroundings(() -> 1_000, new SplittableRandom(1), () -> {}));
        samples = new TableSamples(translator, wanted::get, nanos::get);
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    void listsTheFirstAddressesAndTheSumOfAll() {
        var sample = samples.get();

        assertThat(sample.addresses()).hasSize(TableSamples.MOST_ADDRESSES);
        assertThat(sample.isComplete()).isFalse();
        var occupancy = sample.occupancy().orElseThrow();
        int offered = sample.addresses().getFirst().offered();
        assertThat(occupancy.offeredPorts()).isEqualTo(256L * offered);
        assertThat(occupancy.fragmentCapacity()).isPositive();
    }

    @Test
    void asksTheWorkersOnceASecondAtMost() {
        var first = samples.get();
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(samples.get()).isSameAs(first);

        open(1, 1);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(samples.get().occupancy().orElseThrow().boundPorts()).containsEntry(Protocol.UDP, 1);
    }

    @Test
    void namesTheSubscribersWithTheMostSessions() {
        open(1, 1);
        open(2, 3);
        open(3, 2);
        wanted.set(2);

        assertThat(samples.get().topSubscribers())
                .extracting(subscriber -> subscriber.prefix().toString(), SubscriberRecord::sessions)
                .containsExactly(tuple("2001:db8:1:2::/64", 3), tuple("2001:db8:1:3::/64", 2));
    }

    @Test
    void looksForSubscribersEveryTenSecondsAtMost() {
        wanted.set(2);
        assertThat(samples.get().topSubscribers()).isEmpty();
        open(1, 1);

        nanos.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(samples.get().topSubscribers()).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(samples.get().topSubscribers()).hasSize(1);
    }

    @Test
    void namesNoSubscriberUnlessAsked() {
        open(1, 1);
        assertThat(samples.get().topSubscribers()).isEmpty();
    }

    @Test
    void knowsNothingOfATranslatorThatHasEnded() {
        translator.close();
        assertThat(samples.get()).isEqualTo(TableSample.NONE);
    }

    /** Sessions of a subscriber, one for each port of the server. */
    private void open(int subscriber, int sessions) {
        long before = translator.statistics().fromIpv6().packets();
        for (int i = 0; i < sessions; i++) {
            port.offer(datagram(subscriber, 1000 + i));
        }
        while (translator.statistics().fromIpv6().packets() < before + sessions) {
            Thread.onSpinWait();
        }
    }

    /** A datagram without data from 2001:db8:1:N::1 to 8.8.8.8; its checksum need not be right. */
    private static byte[] datagram(int subscriber, int port) {
        var packet = ByteBuffer.allocate(48);
        packet.putInt(0x6000_0000).putShort((short) 8).put((byte) 17).put((byte) 64);
        packet.putLong(0x2001_0db8_0001_0000L | subscriber).putLong(1);
        packet.putLong(0x2001_0db8_0064_0000L).putLong(0x0808_0808);
        packet.putShort((short) 4000).putShort((short) port).putShort((short) 8).putShort((short) 1);
        return packet.array();
    }
}
