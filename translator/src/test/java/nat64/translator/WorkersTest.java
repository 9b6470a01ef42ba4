// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import nat64.translator.device.MemoryPort;
import nat64.translator.packet.DropReason;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several workers at once, each with a port, on the same tables. */
@Timeout(120)
class WorkersTest {

    private static final int WORKERS = 3;

    /** Of each port. */
    private static final int FLOWS = 50;

    private static final int ROUNDS = 200;
    private static final int FIRST_SERVER_PORT = 1000;

    private final AtomicLong clock = new AtomicLong(1_000);
    private final List<MemoryPort> ports = new ArrayList<>();
    private final AtomicInteger gone = new AtomicInteger();
    private final TranslatorThreads translator;

    WorkersTest() {
        for (int i = 0; i < WORKERS; i++) {
            ports.add(new MemoryPort());
        }
        translator = TranslatorThreads.start(
                Arena.ofShared(),
                TestNat64.settings(),
                ports,
                new TranslatorThreads.Surroundings(clock::get, new SplittableRandom(1), gone::incrementAndGet));
    }

    @AfterEach
    void close() {
        if (!ports.getFirst().isClosed()) {
            translator.close();
        }
    }

    @Test
    @Tag("C-020")
    void losesNothingAndKeepsTheOrderOfEachFlow() {
        for (int round = 0; round < ROUNDS; round++) {
            for (int flow = 0; flow < FLOWS; flow++) {
                for (int port = 0; port < WORKERS; port++) {
                    ports.get(port).offer(fromIpv6(flow, port, round));
                }
            }
        }
        await(() -> translator.statistics().fromIpv6().packets() == (long) ROUNDS * FLOWS * WORKERS);
        assertThat(translator.statistics().fromIpv6().dropped().values()).containsOnly(0L);
        for (int port = 0; port < WORKERS; port++) {
            assertInOrder(ports.get(port).drain(), 0);
        }
    }

    @Test
    void sharesTheBindingsOfOneHostAmongWorkers() throws Exception {
        openAll();
        var udp = udp();
        assertThat(udp.sessions()).isEqualTo(FLOWS * WORKERS);
        assertThat(udp.bindings()).isEqualTo(FLOWS);
        var listed = new ArrayList<SessionRecord>();
        long cursor = Page.BEGINNING;
        while (cursor != Page.END) {
            var page = translator.sessions(RecordFilter.ALL, cursor, 20).get(10, TimeUnit.SECONDS);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(20);
            listed.addAll(page.items());
            cursor = page.cursor();
        }
        assertThat(listed).hasSize(FLOWS * WORKERS).doesNotHaveDuplicates();
    }

    @Test
    void translatesBothDirectionsAtOnce() {
        var outside = openAll();
        for (int round = 0; round < ROUNDS; round++) {
            for (int flow = 0; flow < FLOWS; flow++) {
                for (int port = 0; port < WORKERS; port++) {
                    var wire = Objects.requireNonNull(outside.get(flow));
                    int remotePort = FIRST_SERVER_PORT + port;
                    ports.get(port).offer(fromIpv6(flow, port, round));
                    ports.get(port)
                            .offer(udp4(SERVER, remotePort, wire.source(), wire.sourcePort(), number(flow, round)));
                }
            }
        }
        long each = (long) ROUNDS * FLOWS * WORKERS;
        await(() -> translator.statistics().fromIpv4().packets() == each
                && translator.statistics().fromIpv6().packets() == each + FLOWS * WORKERS);
        for (int port = 0; port < WORKERS; port++) {
            var sent = ports.get(port).drain();
            assertInOrder(sent.stream().filter(octets -> octets[0] >>> 4 == 4).toList(), 0);
            assertInOrder(sent.stream().filter(octets -> octets[0] >>> 4 == 6).toList(), 0);
        }
    }

    @Test
    void letsAnyWorkerUseTheSameSession() {
        for (int round = 0; round < 1000; round++) {
            for (var port : ports) {
                port.offer(fromIpv6(7, 0, round));
            }
        }
        await(() -> translator.statistics().fromIpv6().packets() == 1000L * WORKERS);
        assertThat(udp().created()).isEqualTo(1);
    }

    @Test
    void expiresSessionsWhileItTranslates() {
        openAll();
        for (int round = 0; round < 20; round++) {
            clock.addAndGet(Duration.ofMinutes(1).toMillis());
            for (int i = 0; i < 200; i++) {
                ports.get(i % WORKERS).offer(fromIpv6(1, i % WORKERS, i));
            }
            long expected = (long) FLOWS * WORKERS + (round + 1) * 200L;
            await(() -> translator.statistics().fromIpv6().packets() == expected);
        }
        await(() -> udp().sessions() == WORKERS);
        var udp = udp();
        assertThat(udp.created()).isEqualTo(FLOWS * WORKERS);
        assertThat(udp.expired()).isEqualTo((FLOWS - 1) * WORKERS);
    }

    @Test
    void bringsFragmentsTogetherThatComeToDifferentWorkers() {
        var pieces = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000)), 1200, 7);
        pieces.stream().skip(1).forEach(ports.get(0)::offer);
        await(() -> dropped(DropReason.FRAGMENT_STORED) == pieces.size() - 1);
        ports.get(1).offer(pieces.getFirst());
        await(() -> translator.statistics().fromIpv6().packets() == pieces.size());
        assertThat(ports.get(1).drain()).hasSize(pieces.size());
    }

    @Test
    void tellsSendersOfErrorsNoMoreOftenTogetherThanOneAlone() {
        var expired = udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(10));
        expired[7] = 1;
        for (int i = 0; i < 300; i++) {
            ports.get(i % WORKERS).offer(expired);
        }
        await(() -> dropped(DropReason.HOP_LIMIT_EXCEEDED) == 300);
        assertThat(translator.statistics().icmpErrorsSent())
                .isEqualTo(TranslatorSettings.ICMP_ERRORS_PER_SECOND / 4); // the share of one source
    }

    @Test
    void endsWhileItIsBusy() {
        for (int i = 0; i < 30_000; i++) {
            ports.get(i % WORKERS).offer(fromIpv6(i % FLOWS, i % WORKERS, i));
        }
        translator.close();
        assertThat(translator.isRunning()).isFalse();
        assertThat(ports).allMatch(MemoryPort::isClosed);
    }

    @Test
    void endsAsAWholeWhenOneQueueIsGone() {
        ports.get(1).close();
        await(() -> !translator.isRunning());
        translator.close();
        assertThat(gone).hasValue(1);
    }

    /** One packet of each flow; what they look like outside, by flow. */
    private Map<Integer, Wire> openAll() {
        for (int flow = 0; flow < FLOWS; flow++) {
            for (int port = 0; port < WORKERS; port++) {
                ports.get(port).offer(fromIpv6(flow, port, 0));
            }
        }
        await(() -> translator.statistics().fromIpv6().packets() == FLOWS * WORKERS);
        var outside = new HashMap<Integer, Wire>();
        for (var port : ports) {
            for (var octets : port.drain()) {
                var wire = new Wire(octets);
                outside.put(ByteBuffer.wrap(octets).getInt(28), wire);
            }
        }
        return outside;
    }

    /** Every flow has a port of the client; and on every port of the translator, a server port. */
    private static byte[] fromIpv6(int flow, int port, int round) {
        return udp6(CLIENT, 2000 + flow, SERVER_IN_PREF64, FIRST_SERVER_PORT + port, number(flow, round));
    }

    private static byte[] number(int flow, int round) {
        return ByteBuffer.allocate(8).putInt(flow).putInt(round).array();
    }

    private static void assertInOrder(List<byte[]> sent, int first) {
        var next = new HashMap<Integer, Integer>();
        for (var octets : sent) {
            var number = ByteBuffer.wrap(octets, octets.length - 8, 8);
            int flow = number.getInt();
            assertThat(number.getInt()).isEqualTo(next.getOrDefault(flow, first));
            next.merge(flow, first + 1, (before, _) -> before + 1);
        }
        assertThat(next).hasSize(FLOWS).containsValue(ROUNDS);
        assertThat(next.values()).containsOnly(ROUNDS);
    }

    private long dropped(DropReason reason) {
        return translator.statistics().fromIpv6().dropped().getOrDefault(reason, 0L);
    }

    private TableCounts udp() {
        return Objects.requireNonNull(translator.statistics().tables().get(Protocol.UDP));
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(200_000); // the workers need the processors
        }
    }
}
