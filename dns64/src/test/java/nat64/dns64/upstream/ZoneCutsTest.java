// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static nat64.dns64.testing.FakeUpstream.noData;
import static nat64.dns64.testing.FakeUpstream.rcode;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.network.EventLoops;
import nat64.dns64.settings.CacheRules;
import nat64.dns64.settings.DnssecSettings;
import nat64.dns64.settings.NxDomainCut;
import nat64.dns64.settings.UpstreamPolicy;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.settings.UpstreamSettings;
import nat64.dns64.testing.FakeUpstream;
import nat64.dns64.testing.LeakCheck;
import nat64.dns64.testing.Records;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What one group of upstreams says counts for the names that it is asked about, and for no others. */
@ExtendWith(LeakCheck.class)
class ZoneCutsTest {

    private static final String TOP_SOA = ". 900 IN SOA a.root-servers.net. nstld.example.org. 1 2 3 4 900";
    private static final String INSIDE = "in.fwd.example. 60 IN A 192.0.2.1";
    private static final String ALIAS = "www.example.org. 60 IN CNAME in.fwd.example.";
    private static final CacheRules DEFAULT = CacheRules.DEFAULT;

    private final EventLoops loops = new EventLoops(1);
    private final MessageCache cache = new MessageCache(1 << 16, System::nanoTime);
    private FakeUpstream others;
    private FakeUpstream own;

    @BeforeEach
    void start() throws IOException {
        others = new FakeUpstream().otherwise(rcode(Rcode.NXDOMAIN, TOP_SOA));
        own = new FakeUpstream().otherwise(rcode(Rcode.NXDOMAIN, SOA)).on("in.fwd.example.", Type.A, records(INSIDE));
    }

    @AfterEach
    void stop() {
        loops.close();
        others.close();
        own.close();
    }

    @Test
    void aDenialAboveAForwardedZoneSaysNothingAboutTheZone() {
        var upstreams = upstreams(DEFAULT, "cluster.local.");
        own.on("b.cluster.local.", Type.A, records("b.cluster.local. 60 IN A 192.0.2.5"));
        assertThat(ask(upstreams, "local.", Type.SOA)).isInstanceOf(Outcome.NxDomain.class);

        assertThat(ask(upstreams, "b.cluster.local.", Type.A)).isEqualTo(data("b.cluster.local. 60 IN A 192.0.2.5"));
        assertThat(ask(upstreams, "cluster.local.", Type.SOA)).isInstanceOf(Outcome.NxDomain.class);
        assertThat(own.asked()).containsExactly("udp b.cluster.local. A", "udp cluster.local. SOA");
        assertThat(ask(upstreams, "b.other.local.", Type.A)).isInstanceOf(Outcome.NxDomain.class);
        assertThat(others.asked()).as("denied by the denial of local.").containsExactly("udp local. SOA");
    }

    @ParameterizedTest
    @EnumSource(NxDomainCut.class)
    void unsignedDenialsSpeakForNamesBelowOnlyIfTheyShould(NxDomainCut cut) {
        var upstreams = upstreams(new CacheRules(cut, Set.of()), "fwd.example.");
        ask(upstreams, "gone.example.", Type.A);
        ask(upstreams, "a.gone.example.", Type.A);

        assertThat(others.asked()).hasSize(cut == NxDomainCut.ALL ? 1 : 2);
    }

    @Test
    void anAliasIntoAForwardedZoneEndsInTheZone() {
        others.on("www.example.org.", Type.A, records(ALIAS, "in.fwd.example. 60 IN A 203.0.113.66"));

        for (int i = 0; i < 2; i++) {
            assertThat(ask(upstreams(DEFAULT, "fwd.example."), "www.example.org.", Type.A))
                    .isEqualTo(data(ALIAS, INSIDE));
        }
        assertThat(others.asked()).as("the alias is cached").containsExactly("udp www.example.org. A");
    }

    @Test
    void aDenialBehindAnAliasIntoAForwardedZoneIsAskedForThere() {
        others.on(
                "www.example.org.",
                Type.A,
                (query, _) -> FakeUpstream.response(query, Rcode.NXDOMAIN, List.of(ALIAS), List.of(TOP_SOA))
                        .toWire());
        others.on("mail.example.org.", Type.A, noData(TOP_SOA, "mail.example.org. 60 IN CNAME in.fwd.example."));
        var upstreams = upstreams(DEFAULT, "fwd.example.");

        assertThat(ask(upstreams, "www.example.org.", Type.A)).isEqualTo(data(ALIAS, INSIDE));
        assertThat(ask(upstreams, "mail.example.org.", Type.A))
                .isEqualTo(data("mail.example.org. 60 IN CNAME in.fwd.example.", INSIDE));
    }

    @Test
    void anAliasOutOfAForwardedZoneEndsOutside() {
        var alias = "out.fwd.example. 60 IN CNAME www.example.org.";
        own.on("out.fwd.example.", Type.A, records(alias, "www.example.org. 60 IN A 203.0.113.66"));
        others.on("www.example.org.", Type.A, records("www.example.org. 60 IN A 192.0.2.7"));

        assertThat(ask(upstreams(DEFAULT, "fwd.example."), "out.fwd.example.", Type.A))
                .isEqualTo(data(alias, "www.example.org. 60 IN A 192.0.2.7"));
    }

    @Test
    void anAliasThatOnlyPassesThroughAForwardedZoneIsFollowedThere() {
        others.on(
                "www.example.org.",
                Type.A,
                records(
                        ALIAS,
                        "in.fwd.example. 60 IN CNAME end.example.org.",
                        "end.example.org. 60 IN A 203.0.113.66"));

        assertThat(ask(upstreams(DEFAULT, "fwd.example."), "www.example.org.", Type.A))
                .isEqualTo(data(ALIAS, INSIDE));
    }

    @Test
    void anAliasBetweenZonesOfTheSameServersIsBelieved() {
        var alias = "a.fwd.example. 60 IN CNAME b.fwd2.example.";
        own.on("a.fwd.example.", Type.A, records(alias, "b.fwd2.example. 60 IN A 192.0.2.1"));

        assertThat(ask(upstreams(DEFAULT, "fwd.example.", "fwd2.example."), "a.fwd.example.", Type.A))
                .isEqualTo(data(alias, "b.fwd2.example. 60 IN A 192.0.2.1"));
        assertThat(own.asked()).containsExactly("udp a.fwd.example. A");
    }

    @Test
    void additionalRecordsOfAnotherGroupsNamesAreLeftOut() {
        others.on("example.org.", Type.MX, (query, _) -> {
            var response = FakeUpstream.response(
                    query, Rcode.NOERROR, List.of("example.org. 60 IN MX 1 in.fwd.example."), List.of());
            Records.records("in.fwd.example. 60 IN A 203.0.113.66")
                    .forEach(record -> response.addRecord(record, Section.ADDITIONAL));
            return response.toWire();
        });
        var outcome = (Outcome.Data) ask(upstreams(DEFAULT, "fwd.example."), "example.org.", Type.MX);

        assertThat(text(outcome.sections().records().toList()))
                .containsExactly("example.org. 60 IN MX 1 in.fwd.example.");
    }

    @Test
    void anUncachedZoneIsAskedEachTime() {
        var upstreams = upstreams(new CacheRules(NxDomainCut.ALL, Set.of(name("FWD.example."))), "fwd.example.");
        for (int i = 0; i < 2; i++) {
            assertThat(ask(upstreams, "in.fwd.example.", Type.A)).isEqualTo(data("in.fwd.example. 0 IN A 192.0.2.1"));
            assertThat(ask(upstreams, "gone.fwd.example.", Type.A)).isInstanceOf(Outcome.NxDomain.class);
        }

        assertThat(own.asked()).hasSize(4);
    }

    @Test
    void onlyAForwardedZoneCanGoWithoutCache() {
        var rules = new CacheRules(NxDomainCut.ALL, Set.of(name("elsewhere.example.")));

        assertThatThrownBy(() -> upstreams(rules, "fwd.example.")).hasMessageContaining("elsewhere.example");
    }

    private static Outcome ask(Upstreams upstreams, String name, int type) {
        return UpstreamBed.ask(upstreams, new Question(name(name), type, DClass.IN, false, false), 10_000);
    }

    private Upstreams upstreams(CacheRules rules, String... zones) {
        var forward = new HashMap<Name, List<UpstreamServer>>();
        for (var zone : zones) {
            forward.put(name(zone), List.of(own.server()));
        }
        return new Upstreams(
                new UpstreamSettings(
                        List.of(others.server()),
                        Map.copyOf(forward),
                        UpstreamPolicy.SEQUENTIAL,
                        Duration.ofSeconds(2),
                        Optional.empty(),
                        Duration.ZERO,
                        false,
                        DnssecSettings.OFF,
                        rules),
                cache,
                loops,
                System::nanoTime,
                InstantSource.system());
    }
}
