// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OTHER_CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.SessionView;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A translator ends, and another one goes on with its sessions. */
class RestartTest {

    private static final byte[] NO_DATA = {};
    private static final List<String> FLAGS = List.of("S", "S", "SA", "A", "PA", "FA", "R");

    /** Sequence numbers are not handed over: a RST counts where they are not known. */
    private static final List<String> NO_RESET = List.of("S", "S", "SA", "A", "PA", "FA");

    private static final Duration AT_ONCE = Duration.ZERO;

    private final TestTranslator before = new TestTranslator(TestNat64.settings(), 1);
    private final TestTranslator after = new TestTranslator(TestNat64.settings(), 2);

    @AfterEach
    void close() {
        before.close();
        after.close();
    }

    @Test
    void udpGoesOnBothWays() {
        var out = before.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));

        assertThat(after.adopt(before.snapshot(), AT_ONCE)).isEqualTo(Map.of(Adoption.ADOPTED, 1));

        var back = after.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(9)));
        assertThat(back.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(back.destinationPort()).isEqualTo(1000);
        assertThat(back.source()).isEqualTo(Wire.address(SERVER_IN_PREF64));
        assertSameOutside(out, after.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1))));
    }

    @Test
    void icmpQueriesGoOnBothWays() {
        var out = before.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 77, 1));

        after.adopt(before.snapshot(), AT_ONCE);

        var reply = after.translate(echo4(SERVER, out.source(), false, out.icmpIdentifier(), 1));
        assertThat(reply.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(reply.icmpIdentifier()).isEqualTo(77);
        var next = after.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 77, 2));
        assertThat(next.icmpIdentifier()).isEqualTo(out.icmpIdentifier());
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpState.class,
            names = {"STATELESS"},
            mode = EnumSource.Mode.EXCLUDE)
    void tcpGoesOnInEveryState(TcpState state) {
        bring(before, state);
        var views = before.sessions(9, before.now());
        assertThat(views).extracting(SessionView::state).contains(state);

        after.adopt(before.snapshot(), AT_ONCE);

        assertThat(after.sessions(9, after.now())).containsExactlyInAnyOrderElementsOf(views);
        var view = views.stream().filter(v -> v.state() == state).findFirst().orElseThrow();
        var ack = after.translate(tcp4(SERVER, view.remotePort(), outside(view), view.pool4Port(), "A", payload(5)));
        assertThat(ack.destination()).isEqualTo(Wire.address(CLIENT));
    }

    /** Brings a connection of the client's port 1000 into a state; V4_INIT needs another one for its binding. */
    private static void bring(TestTranslator nat64, TcpState state) {
        var syn = nat64.translate(tcp6(CLIENT, 1000, SERVER_IN_PREF64, 80, "S", NO_DATA));
        if (state == TcpState.V4_INIT) {
            nat64.translate(tcp4(SERVER, 4000, syn.source(), syn.sourcePort(), "S", NO_DATA));
        } else if (state != TcpState.V6_INIT) {
            fromServer(nat64, syn, "SA");
        }
        switch (state) {
            case TRANS -> fromServer(nat64, syn, "R");
            case V4_FIN_RCV -> fromServer(nat64, syn, "FA");
            case V6_FIN_RCV -> fromClient(nat64, "FA");
            case V4_V6_FIN_RCV -> {
                fromServer(nat64, syn, "FA");
                fromClient(nat64, "FA");
            }
            default -> {}
        }
    }

    private static void fromServer(TestTranslator nat64, Wire syn, String flags) {
        nat64.translate(tcp4(SERVER, 80, syn.source(), syn.sourcePort(), flags, NO_DATA));
    }

    private static void fromClient(TestTranslator nat64, String flags) {
        nat64.translate(tcp6(CLIENT, 1000, SERVER_IN_PREF64, 80, flags, NO_DATA));
    }

    @Test
    void mappingAndFilteringStayEndpointIndependent() {
        var out = before.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));

        after.adopt(before.snapshot(), AT_ONCE);

        assertSameOutside(out, after.translate(udp6(CLIENT, 1000, "2001:db8:64::c633:6463", 99, payload(1))));
        var stranger = after.translate(udp4("198.51.100.77", 7, out.source(), out.sourcePort(), payload(2)));
        assertThat(stranger.destination()).isEqualTo(Wire.address(CLIENT));
    }

    @Test
    void addressDependentFilteringKnowsWhomTheHostHasSpokenTo() {
        var settings = TestNat64.settings(new StatePolicy(Filter.ADDRESS_DEPENDENT, false, 16, List.of()));
        try (var first = new TestTranslator(settings, 1);
                var second = new TestTranslator(settings, 2)) {
            var out = first.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            second.adopt(first.snapshot(), AT_ONCE);

            second.translate(udp4(SERVER, 99, out.source(), out.sourcePort(), payload(1)));
            assertThat(second.send(udp4("198.51.100.77", 53, out.source(), out.sourcePort(), payload(1))))
                    .noneMatch(sent -> sent.version() == 6);
        }
    }

    @Test
    @Tag("C-145")
    void aPortInUseIsNeverGivenToAnotherHost() {
        var settings = TestNat64.settings(TestNat64.settings().pref64s(), new PortRange(4000, 4009), 1024);
        try (var first = new TestTranslator(settings, 1);
                var second = new TestTranslator(settings, 2)) {
            var taken = new HashSet<String>();
            for (int i = 0; i < 5; i++) {
                taken.add(endpoint(first.translate(udp6(CLIENT, 1000 + i, SERVER_IN_PREF64, 53, payload(1)))));
            }
            second.adopt(first.snapshot(), AT_ONCE);

            for (int host = 0; host < 64; host++) {
                for (var sent : second.send(udp6(host(host), 9, SERVER_IN_PREF64, 53, payload(1)))) {
                    assertThat(sent.version() == 6 || taken.add(endpoint(sent)))
                            .as("host %d", host)
                            .isTrue();
                }
            }
            assertThat(second.dropped(DropReason.POOL4_EXHAUSTED)).isPositive();
            assertThat(taken).hasSize(40);
        }
    }

    @Test
    @Tag("C-145")
    void aPortThatRestsGoesOnResting() {
        var usual = TestNat64.settings(TestNat64.settings().pref64s(), new PortRange(4000, 4000), 1024);
        var settings = withPool4(usual, "203.0.113.1/32", new PortRange(4000, 4000));
        try (var first = new TestTranslator(settings, 1);
                var second = new TestTranslator(settings, 2)) {
            first.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            first.pass(Duration.ofSeconds(301)); // the binding has ended, and its port rests for two minutes
            assertThat(first.bindings(Protocol.UDP)).isZero();
            second.adopt(first.snapshot(), Duration.ofSeconds(60));

            second.pass(Duration.ofSeconds(58));
            second.send(udp6(OTHER_CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(second.dropped(DropReason.POOL4_EXHAUSTED)).isEqualTo(1);
            second.pass(Duration.ofSeconds(3));
            second.translate(udp6(OTHER_CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
        }
    }

    @Test
    void theSessionsOfASubscriberAreCounted() {
        var limits = new SubscriberLimits(64, 5, 0, 0);
        var settings = TestNat64.settings(StatePolicy.DEFAULT.with(limits));
        try (var first = new TestTranslator(settings, 1);
                var second = new TestTranslator(settings, 2)) {
            for (int i = 0; i < 5; i++) {
                first.translate(udp6(CLIENT, 1000 + i, SERVER_IN_PREF64, 53, payload(1)));
            }
            second.adopt(first.snapshot(), AT_ONCE);

            second.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            second.send(udp6(CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(second.dropped(DropReason.SUBSCRIBER_SESSION_LIMIT)).isEqualTo(1);
        }
    }

    @Test
    void theTimeThatPassedCountsAgainstTheLifetime() {
        before.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1))); // lives for 300 s
        before.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 77, 1)); // for 60 s
        before.pass(Duration.ofSeconds(40));

        assertThat(after.adopt(before.snapshot(), Duration.ofSeconds(30)))
                .isEqualTo(Map.of(Adoption.ADOPTED, 1, Adoption.EXPIRED, 1));

        after.pass(Duration.ofSeconds(229));
        assertThat(after.sessions(Protocol.UDP)).isEqualTo(1);
        after.pass(Duration.ofSeconds(2));
        assertThat(after.sessions(Protocol.UDP)).isZero();
        assertThat(after.bindings(Protocol.UDP)).isZero();
    }

    @Test
    void hairpinningGoesOn() {
        var other = before.translate(udp6(OTHER_CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
        var inside = "2001:db8:64::" + other.source();
        var there = before.translate(udp6(CLIENT, 1000, inside, other.sourcePort(), payload(50)));

        after.adopt(before.snapshot(), AT_ONCE);

        var again = after.translate(udp6(CLIENT, 1000, inside, other.sourcePort(), payload(50)));
        assertThat(again.octets()).isEqualTo(there.octets());
        var back = after.translate(udp6(OTHER_CLIENT, 2000, there.source(), there.sourcePort(), payload(60)));
        assertThat(back.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(back.destinationPort()).isEqualTo(1000);
    }

    @Test
    void whatNoLongerFitsIsRefused() {
        before.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
        before.translate(tcp6(CLIENT, 1000, SERVER_IN_PREF64, 80, "S", NO_DATA));

        var elsewhere = withPool4(TestNat64.settings(), "192.0.2.0/30", PortRange.ALL);
        try (var second = new TestTranslator(elsewhere, 2)) {
            assertThat(second.adopt(before.snapshot(), AT_ONCE)).isEqualTo(Map.of(Adoption.OUTSIDE_POOL4, 2));
            assertThat(second.bindings(Protocol.UDP)).isZero();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theSamePacketsAreTranslatedTheSame(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 400; i++) {
            before.send(outgoing(random, FLAGS, Protocol.of(random.nextInt(3)), random.nextInt(12), random.nextInt(4)));
            before.sessions(1000, before.now()).stream()
                    .skip(random.nextInt(20))
                    .findFirst()
                    .ifPresent(view -> before.send(incoming(random, FLAGS, view)));
            before.pass(Duration.ofMillis(random.nextInt(3_000)));
        }
        var bound = before.sessions(1000, before.now());
        assertThat(bound.stream().map(SessionView::protocol)).containsAll(EnumSet.allOf(Protocol.class));

        after.adopt(before.snapshot(), AT_ONCE);

        assertThat(views(after)).containsExactlyInAnyOrderElementsOf(views(before));
        for (int i = 0; i < 400; i++) {
            var view = bound.get(random.nextInt(bound.size()));
            var packet = random.nextBoolean()
                    ? outgoing(
                            random,
                            NO_RESET,
                            view.protocol(),
                            (int) view.client().low() - 2,
                            view.clientPort() - 1000)
                    : incoming(random, NO_RESET, view);
            assertThat(contents(after.send(packet))).isEqualTo(contents(before.send(packet)));
        }
        assertThat(views(after)).containsExactlyInAnyOrderElementsOf(views(before));
    }

    private static List<SessionView> views(TestTranslator nat64) {
        return nat64.sessions(10_000, nat64.now());
    }

    private static byte[] outgoing(SplittableRandom random, List<String> flags, Protocol protocol, int host, int port) {
        return switch (protocol) {
            case TCP ->
                tcp6(
                        host(host),
                        1000 + port,
                        SERVER_IN_PREF64,
                        80 + random.nextInt(3),
                        flags.get(random.nextInt(flags.size())),
                        payload(3));
            case UDP -> udp6(host(host), 1000 + port, SERVER_IN_PREF64, 53 + random.nextInt(3), payload(3));
            case ICMP -> echo6(host(host), SERVER_IN_PREF64, true, 1000 + port, random.nextInt(9));
        };
    }

    private static byte[] incoming(SplittableRandom random, List<String> flags, SessionView view) {
        int port = view.remotePort();
        return switch (view.protocol()) {
            case TCP ->
                tcp4(
                        SERVER,
                        port,
                        outside(view),
                        view.pool4Port(),
                        flags.get(random.nextInt(flags.size())),
                        payload(3));
            case UDP -> udp4(SERVER, port, outside(view), view.pool4Port(), payload(3));
            case ICMP -> echo4(SERVER, outside(view), false, view.pool4Port(), random.nextInt(9));
        };
    }

    /** What a receiver cares for: not the Identification of IPv4, which is random, nor the checksum over it. */
    private static List<List<Byte>> contents(List<Wire> sent) {
        return sent.stream()
                .map(wire -> {
                    var octets = wire.octets().clone();
                    if (wire.version() == 4) {
                        octets[4] = octets[5] = octets[10] = octets[11] = 0;
                    }
                    return IntStream.range(0, octets.length)
                            .mapToObj(i -> octets[i])
                            .toList();
                })
                .toList();
    }

    private static TranslatorSettings withPool4(TranslatorSettings usual, String prefix, PortRange ports) {
        return new TranslatorSettings(
                usual.pref64s(),
                List.of(new Pool4Range(Ipv4Prefix.parse(prefix), ports)),
                usual.clients(),
                usual.translateNonGlobal(),
                usual.lifetimes(),
                usual.maxSessions(),
                usual.ownAddress(),
                usual.icmpErrorsPerSecond(),
                usual.translation(),
                usual.state(),
                usual.fragments());
    }

    private static String outside(SessionView view) {
        return Ipv4Address.format(view.pool4());
    }

    private static String host(int number) {
        return "2001:db8:1::" + Integer.toHexString(2 + number);
    }

    private static String endpoint(Wire sent) {
        return sent.source() + ":" + sent.sourcePort();
    }

    private static void assertSameOutside(Wire expected, Wire actual) {
        assertThat(endpoint(actual)).isEqualTo(endpoint(expected));
    }
}
