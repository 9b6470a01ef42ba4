// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static java.util.Objects.requireNonNull;
import static nat64.dns64.testing.FakeUpstream.noData;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.FakeUpstream.silence;
import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.upstream.UpstreamBed.ask;
import static nat64.dns64.upstream.UpstreamBed.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.network.EventLoops;
import nat64.dns64.settings.CacheRules;
import nat64.dns64.settings.DnssecMode;
import nat64.dns64.settings.DnssecSettings;
import nat64.dns64.settings.UpstreamPolicy;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.settings.UpstreamSettings;
import nat64.dns64.statistics.UpstreamStatistics;
import nat64.dns64.testing.Eventually;
import nat64.dns64.testing.FakeUpstream;
import nat64.dns64.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

@ExtendWith(LeakCheck.class)
class UpstreamsTest {

    private static final FakeUpstream.Behaviour DATA = records("www.example.org. 60 IN A 192.0.2.1");
    private static final long PATIENCE = 10_000; // milliseconds, for a busy machine

    private final EventLoops loops = new EventLoops(2);
    private FakeUpstream first;
    private FakeUpstream second;

    @BeforeEach
    void start() throws IOException {
        first = new FakeUpstream().otherwise(DATA);
        second = new FakeUpstream().otherwise(DATA);
    }

    @AfterEach
    void stop() {
        loops.close();
        first.close();
        second.close();
    }

    @Test
    @Tag("R-117")
    void asksTheServersOfTheLongestZone() {
        var upstreams = upstreams(Map.of(
                name("example.org."), List.of(second.server()),
                name("public.example.org."), List.of(first.server())));
        ask(upstreams, question("example.org."), PATIENCE);
        ask(upstreams, question("a.b.Example.ORG."), PATIENCE);
        ask(upstreams, question("www.public.example.org."), PATIENCE);
        ask(upstreams, question("notexample.org."), PATIENCE);

        assertThat(second.asked()).containsExactly("udp example.org. A", "udp a.b.example.org. A");
        assertThat(first.asked()).containsExactly("udp www.public.example.org. A", "udp notexample.org. A");
    }

    @Test
    @Tag("R-120")
    void noticesAnUpstreamThatIsADns64Itself() throws Exception {
        first.on("ipv4only.arpa.", Type.AAAA, records("ipv4only.arpa. 60 IN AAAA 64:ff9b::c000:aa"));
        second.on("ipv4only.arpa.", Type.AAAA, noData(SOA));
        var upstreams = upstreams(Map.of(name("example.org."), List.of(second.server())));
        assertThat(upstreams.statistics())
                .allSatisfy((_, is) -> assertThat(is.synthesizes()).isFalse());
        upstreams.start();
        Eventually.holds(() -> statistics(upstreams, first).synthesizes());

        assertThat(statistics(upstreams, second).synthesizes()).isFalse();
        assertThat(statistics(upstreams, first).queries()).isZero();
    }

    @Test
    @Tag("R-133")
    void asksAgainUntilAServerHasAnsweredForTheFirstTime() throws Exception {
        first.otherwise(silence()); // the probes for loops
        var lost = new AtomicInteger();
        var answer = noData(SOA);
        first.on(
                "ipv4only.arpa.",
                Type.AAAA,
                (query, tcp) -> lost.getAndIncrement() == 0 ? null : answer.respond(query, tcp));
        var upstreams = upstreams(Map.of());
        upstreams.start();
        var answered = new CompletableFuture<Void>();
        var _ = loops.get(1)
                .scheduleAtFixedRate(
                        () -> {
                            if (statistics(upstreams, first).roundTripSeconds() > 0) {
                                answered.complete(null);
                            }
                        },
                        0,
                        10,
                        TimeUnit.MILLISECONDS);

        answered.get(3 * PATIENCE, TimeUnit.MILLISECONDS);
        assertThat(lost).hasValueGreaterThan(1);
    }

    @Test
    @Tag("R-116")
    void findsOutThatASilentServerAnswersAgainAndForgetsFailures() throws Exception {
        var cache = new MessageCache(1 << 16, System::nanoTime);
        var upstreams = new Upstreams(
                UpstreamSettings.of(List.of(first.server()), Duration.ofMillis(100)),
                cache,
                loops,
                System::nanoTime,
                InstantSource.system());
        first.otherwise(silence());
        for (var name : List.of("a.example.", "b.example.")) {
            assertThat(ask(upstreams, question(name), 1000)).isEqualTo(new Outcome.Timeout());
        }
        assertThat(statistics(upstreams, first).reliable()).isFalse();
        var probes = new AtomicInteger();
        first.otherwise((query, tcp) -> {
            boolean isProbe = query.getQuestion().getName().equals(Name.root);
            // The first probe gets no answer either, so the server is dead, and not only for some names.
            return isProbe && probes.incrementAndGet() > 1 ? DATA.respond(query, tcp) : null;
        });
        upstreams.start();

        // The next probe comes after five seconds.
        Eventually.holds(() -> statistics(upstreams, first).reliable() && cache.entries() == 0);
    }

    @Test
    void refusesSettingsWithNobodyToAsk() {
        var nobody = List.<UpstreamServer>of();

        assertThatThrownBy(() -> UpstreamSettings.of(nobody, Duration.ofSeconds(1)))
                .hasMessageContaining("upstream");
        assertThatThrownBy(() -> upstreams(Map.of(name("example.org."), nobody)))
                .hasMessageContaining("example.org");
    }

    @Test
    @Tag("R-126")
    void believesAnAdBitOnlyIfItIsToldTo() {
        var question = question("www.example.org.");
        first.otherwise(authentic());
        var settings = UpstreamSettings.of(List.of(first.server()), Duration.ofSeconds(2));
        var trusting = new DnssecSettings(DnssecMode.TRUST_UPSTREAM_AD, List.of(), List.of());

        assertThat(isSecure(settings, question)).isFalse();
        assertThat(isSecure(settings.with(trusting), question)).isTrue();
    }

    @Test
    @Tag("R-126")
    void refusesToTrustAnAdBitThatCouldBeForged() {
        var trusting = new DnssecSettings(DnssecMode.TRUST_UPSTREAM_AD, List.of(), List.of());
        var remote = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), 853);
        var plain = UpstreamSettings.of(List.of(UpstreamServer.plain(remote)), Duration.ofSeconds(1));
        var encrypted = UpstreamSettings.of(List.of(UpstreamServer.tls(remote, "dns.example")), Duration.ofSeconds(1));

        assertThatThrownBy(() -> plain.with(trusting))
                .hasMessageContaining("192.0.2.53")
                .hasMessageContaining("TLS");
        assertThat(encrypted.with(trusting).dnssec()).isEqualTo(trusting);
    }

    private boolean isSecure(UpstreamSettings settings, Question question) {
        var cache = new MessageCache(1 << 16, System::nanoTime);
        var upstreams = new Upstreams(settings, cache, loops, System::nanoTime, InstantSource.system());
        return ((Outcome.Answered) ask(upstreams, question, PATIENCE))
                .sections()
                .secure();
    }

    private static FakeUpstream.Behaviour authentic() {
        return (query, tcp) -> {
            byte[] response = DATA.respond(query, tcp);
            if (response != null) {
                response[3] |= 0x20;
            }
            return response;
        };
    }

    private static UpstreamStatistics statistics(Upstreams upstreams, FakeUpstream server) {
        return requireNonNull(upstreams.statistics().get(server.server()));
    }

    private Upstreams upstreams(Map<Name, List<UpstreamServer>> forward) {
        return new Upstreams(
                new UpstreamSettings(
                        List.of(first.server()),
                        forward,
                        UpstreamPolicy.SEQUENTIAL,
                        Duration.ofSeconds(2),
                        Optional.empty(),
                        Duration.ZERO,
                        false,
                        DnssecSettings.OFF,
                        CacheRules.DEFAULT),
                new MessageCache(1 << 16, System::nanoTime),
                loops,
                System::nanoTime,
                InstantSource.system());
    }
}
