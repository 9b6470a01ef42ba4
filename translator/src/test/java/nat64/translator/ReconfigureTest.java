// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import nat64.translator.address.Eam;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.device.MemoryPort;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.record.SessionEvent;
import nat64.translator.session.record.SessionEvents;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestSiit;
import nat64.translator.testing.Wire;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Settings that change while several workers translate a stream of packets. */
@Timeout(60)
class ReconfigureTest {

    private static final int WORKERS = 3;
    private static final int FLOWS = 40;
    private static final int STATIC_BINDINGS = 100;
    private static final String OTHER_NETWORK = "2001:db8:2::2";
    private static final String SERVER_IN_OTHER_PREF64 = "2001:db8:65::c633:6402";
    private static final Ipv4Prefix NEW_RANGE = Ipv4Prefix.parse("192.0.2.0/30");

    private static final TranslatorSettings BEFORE = settings(
            List.of("2001:db8:64::/96"),
            List.of(TestNat64.POOL4),
            List.of("2001:db8:1::/64", "2001:db8:2::/64"),
            List.of());

    /** One Pref64, one pool4 range and 100 static bindings more; one client prefix and the first range less. */
    private static final TranslatorSettings AFTER = settings(
            List.of("2001:db8:64::/96", "2001:db8:65::/96"),
            List.of(NEW_RANGE),
            List.of("2001:db8:1::/64"),
            IntStream.range(0, STATIC_BINDINGS)
                    .mapToObj(ReconfigureTest::binding)
                    .toList());

    private final List<MemoryPort> ports =
            IntStream.range(0, WORKERS).mapToObj(_ -> new MemoryPort()).toList();
    private List<TranslatorThreads> started = List.of();
    private long offered;

    @AfterEach
    void close() {
        started.stream().filter(TranslatorThreads::isRunning).forEach(TranslatorThreads::close);
    }

    @Test
    void noPacketAndNoSessionIsLost() throws Exception {
        var translator = start(BEFORE);
        stream(1);
        awaitTranslated(translator);

        var change = translator.reconfigure(AFTER);
        while (!change.isDone()) {
            stream(1);
            awaitTranslated(translator); // so that the queues stay short
        }
        change.get(10, TimeUnit.SECONDS);
        stream(20);
        awaitTranslated(translator);

        assertThat(translator.statistics().fromIpv6().dropped().values()).containsOnly(0L);
        var udp = Objects.requireNonNull(translator.statistics().tables().get(Protocol.UDP));
        assertThat(udp.created()).isEqualTo(FLOWS);
        assertThat(udp.sessions()).isEqualTo(FLOWS);
        assertThat(udp.bindings()).isEqualTo(FLOWS + STATIC_BINDINGS);
    }

    @Test
    void newSessionsGoByTheNewRules() throws Exception {
        var translator = start(BEFORE);
        translator.reconfigure(AFTER).get(10, TimeUnit.SECONDS);

        ports.get(0).offer(udp6(OTHER_NETWORK, 9, SERVER_IN_PREF64, 53, payload(1)));
        await(() -> dropped(translator, DropReason.CLIENT_NOT_ALLOWED) == 1);
        ports.forEach(MemoryPort::drain);
        ports.get(1).offer(udp6(CLIENT, 9, SERVER_IN_OTHER_PREF64, 53, payload(1)));
        ports.get(2).offer(udp4(SERVER, 53, "192.0.2.1", 4_007, payload(1)));
        await(() -> translator.statistics().fromIpv6().packets() == 1
                && translator.statistics().fromIpv4().packets() == 1);

        var outside = new Wire(ports.get(1).drain().getFirst());
        assertThat(NEW_RANGE.contains(Ipv4Address.parse(outside.source()))).isTrue();
        var inside = new Wire(ports.get(2).drain().getFirst());
        assertThat(Ipv6Address.parse(inside.destination())).isEqualTo(Ipv6Address.parse("2001:db8:1::100"));
    }

    @Test
    void optionsOfTheTranslationChangeAtOnce() throws Exception {
        var translator = start(BEFORE);
        translator
                .reconfigure(TestNat64.settings(new TranslationOptions(
                        1280,
                        TranslationOptions.RFC_7915.mtus(),
                        TranslationOptions.RFC_7915.mssClamp(),
                        TranslationOptions.COPY,
                        0x28)))
                .get(10, TimeUnit.SECONDS);
        ports.getFirst().offer(udp6(CLIENT, 9, SERVER_IN_PREF64, 53, payload(1)));
        await(() -> translator.statistics().fromIpv6().packets() == 1);
        assertThat(ports.getFirst().drain().getFirst()[1]).isEqualTo((byte) 0x28);
    }

    @Test
    void whatNeedsARestartIsRefusedAndChangesNothing() {
        var translator = start(BEFORE);
        assertThatThrownBy(() -> translator.reconfigure(TestSiit.SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("restart");
        var larger = TestNat64.settings(List.of(Pref64.parse("2001:db8:64::/96")), PortRange.ALL, 2048);
        assertThatThrownBy(() -> translator.reconfigure(larger))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max-sessions");
        stream(1);
        awaitTranslated(translator);
    }

    @Test
    void aStatelessTranslatorChangesItsMappings() throws Exception {
        var translator = start(TestSiit.SETTINGS);
        var datagram = udp6("2001:db8:abcd::1", 9, TestSiit.REMOTE_V6, 53, payload(1));
        ports.get(0).offer(datagram);
        await(() -> dropped(translator, DropReason.UNTRANSLATABLE_SOURCE) == 1);
        ports.forEach(MemoryPort::drain);

        translator
                .reconfigure(TestSiit.withEams(List.of(Eam.parse("192.0.2.77", "2001:db8:abcd::1"))))
                .get(10, TimeUnit.SECONDS);
        ports.get(2).offer(datagram);
        await(() -> translator.statistics().fromIpv6().packets() == 1);

        assertThat(new Wire(ports.get(2).drain().getFirst()).source()).isEqualTo("192.0.2.77");
        assertThat(translator.isStateful()).isFalse();
    }

    @Test
    void eventsOfAllWorkersGoIntoOneRing() throws Exception {
        var translator = start(BEFORE);
        var events = translator.listen(1024, SessionEvents.Scope.CHANGES).get(10, TimeUnit.SECONDS);
        stream(1);
        awaitTranslated(translator);

        var opened = new ArrayList<SessionEvent.Opened>();
        await(() -> {
            events.poll(
                    event -> {
                        if (event instanceof SessionEvent.Opened session) {
                            opened.add(session);
                        }
                    },
                    100);
            return opened.size() == FLOWS;
        });
        assertThat(events.dropped()).isZero();
        translator.ignore(events).get(10, TimeUnit.SECONDS);
    }

    @Test
    void aSessionFromElsewhereIsAdopted() throws Exception {
        var translator = start(BEFORE);
        var events = translator.listen(16, SessionEvents.Scope.CHANGES).get(10, TimeUnit.SECONDS);
        ports.getFirst().offer(udp6(CLIENT, 9, SERVER_IN_PREF64, 53, payload(1)));
        var opened = new ArrayList<SessionEvent.Opened>();
        await(() -> {
            events.poll(event -> opened.addAll(event instanceof SessionEvent.Opened o ? List.of(o) : List.of()), 10);
            return !opened.isEmpty();
        });

        var heir = start(BEFORE);
        var session = opened.getFirst().session();
        assertThat(heir.adopt(session).get(10, TimeUnit.SECONDS).succeeded()).isTrue();
        assertThat(heir.adopt(session).get(10, TimeUnit.SECONDS).succeeded()).isTrue();
        assertThat(Objects.requireNonNull(heir.statistics().tables().get(Protocol.UDP))
                        .sessions())
                .isEqualTo(1);
    }

    @Test
    void questionsFailOnceTheTranslatorHasEnded() {
        var translator = start(BEFORE);
        translator.close();
        assertThat(translator.reconfigure(AFTER)).isCompletedExceptionally();
    }

    private TranslatorThreads start(PacketTranslatorSettings settings) {
        var own = started.isEmpty() ? ports : List.of(new MemoryPort());
        var surroundings = new TranslatorThreads.Surroundings(() -> 1_000, new SplittableRandom(1), () -> {});
        var translator = TranslatorThreads.start(Arena.ofShared(), settings, own, surroundings);
        started = new ArrayList<>(started);
        started.add(translator);
        return translator;
    }

    /** Some packets of each flow, each flow by one worker. */
    private void stream(int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int flow = 0; flow < FLOWS; flow++) {
                var client = flow % 2 == 0 ? CLIENT : OTHER_NETWORK;
                ports.get(flow % WORKERS).offer(udp6(client, 1025 + flow, SERVER_IN_PREF64, 53, payload(1)));
                offered++;
            }
        }
    }

    private void awaitTranslated(TranslatorThreads translator) {
        await(() -> translator.statistics().fromIpv6().packets() == offered);
    }

    private static long dropped(TranslatorThreads translator, DropReason reason) {
        return translator.statistics().fromIpv6().dropped().getOrDefault(reason, 0L);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(200_000); // the workers need the processors
        }
    }

    private static StaticBinding binding(int number) {
        return new StaticBinding(
                Protocol.UDP,
                Ipv6Address.parse("2001:db8:1::100"),
                80 + number,
                Ipv4Address.parse("192.0.2.1"),
                4_000 + number);
    }

    private static TranslatorSettings settings(
            List<String> pref64s, List<Ipv4Prefix> pool4, List<String> clients, List<StaticBinding> bindings) {
        var usual = TestNat64.settings();
        return new TranslatorSettings(
                pref64s.stream().map(Pref64::parse).toList(),
                pool4.stream()
                        .map(range -> new Pool4Range(range, PortRange.ALL))
                        .toList(),
                clients.stream().map(Ipv6Prefix::parse).toList(),
                false,
                usual.lifetimes(),
                usual.maxSessions(),
                usual.ownAddress(),
                usual.icmpErrorsPerSecond(),
                usual.translation(),
                new StatePolicy(StatePolicy.Filter.ENDPOINT_INDEPENDENT, false, 1024, bindings),
                usual.fragments());
    }
}
