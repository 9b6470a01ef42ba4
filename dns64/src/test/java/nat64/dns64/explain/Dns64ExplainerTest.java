// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.explain;

import static nat64.dns64.testing.FakeUpstream.noData;
import static nat64.dns64.testing.FakeUpstream.rcode;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nat64.dns64.Dns64Server;
import nat64.dns64.Dns64Settings;
import nat64.dns64.settings.DnssecMode;
import nat64.dns64.settings.DnssecSettings;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.PrefixPolicy;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.settings.ServingSettings;
import nat64.dns64.settings.UpstreamSettings;
import nat64.dns64.settings.ViewSettings;
import nat64.dns64.settings.WatchedPrefix;
import nat64.dns64.synthesis.AddressMapping;
import nat64.dns64.synthesis.DomainMode;
import nat64.dns64.synthesis.DomainModes;
import nat64.dns64.synthesis.ExclusionSet;
import nat64.dns64.synthesis.OwnNames;
import nat64.dns64.synthesis.View;
import nat64.dns64.testing.FakeUpstream;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class Dns64ExplainerTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final Pref64 PREF64 = Pref64.parse("2001:db8:64::/96");
    private static final Pref64 DEAD = Pref64.parse("2001:db8:65::/96");

    private FakeUpstream upstream;
    private Dns64Explainer explainer;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream();
        explainer = Dns64Server.explainer(settings(DnssecSettings.OFF));
    }

    private Dns64Settings settings(DnssecSettings dnssec) {
        return new Dns64Settings(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                List.of(),
                List.of(Ipv4Prefix.parse("192.0.2.0/24")),
                UpstreamSettings.of(List.of(upstream.server()), Duration.ofMillis(300))
                        .with(dnssec),
                policy(),
                List.of(new WatchedPrefix(DEAD, () -> false, Duration.ofSeconds(1), 3, 2)),
                0,
                1,
                QueryLogSettings.OFF,
                ServingSettings.PLAIN);
    }

    @AfterEach
    void stop() {
        explainer.close();
        upstream.close();
    }

    @Test
    void tellsWhatSignaturesProve() {
        upstream.on("www.example.org.", Type.AAAA, records("www.example.org. 120 IN AAAA 2001:db8::1"));
        var trusting = new DnssecSettings(DnssecMode.TRUST_UPSTREAM_AD, List.of(), List.of());
        try (var checking = Dns64Server.explainer(settings(trusting))) {
            assertThat(checking.explain(name("www.example.org."), Type.AAAA, CLIENT)
                            .steps())
                    .extracting(step -> step.name() + ": " + step.finding())
                    .contains("signatures: AAAA is insecure");
        }
    }

    @Test
    @Tag("R-21")
    @Tag("R-130")
    void tellsHowAnAnswerIsMade() {
        upstream.on("www.example.org.", Type.AAAA, noData(SOA))
                .on(
                        "www.example.org.",
                        Type.A,
                        records(
                                "www.example.org. 120 IN A 198.51.100.7",
                                "www.example.org. 120 IN A 10.1.2.3",
                                "www.example.org. 120 IN A 127.0.0.1"));

        var explanation = explain("www.example.org.", Type.AAAA);

        assertThat(explanation.steps())
                .extracting(step -> step.name() + ": " + step.finding() + " [" + step.rule() + "]")
                .containsExactly(
                        "client: is served [clients]",
                        "view: default [dns64]",
                        "prefix: 2001:db8:65::/96 does not work [dns64.prefix-health]",
                        "prefixes: 2001:db8:64::/96 (all) [dns64.pref64-policy]",
                        "special name: no [RFC 8880, RFC 9462, RFC 6303, RFC 6761]",
                        "domain: . has the mode synthesize [dns64.domains]",
                        "AAAA: www.example.org.: no such record, for 300 s [RFC 6147, section 5.1.2]",
                        "A: www.example.org.: 198.51.100.7 for 120 s, 10.1.2.3 for 120 s, 127.0.0.1 for 120 s"
                                + " [RFC 6147, section 5.1.1]",
                        "mapping: 198.51.100.7 is 2001:db8:64::c633:6407 [RFC 6052, section 2.2]",
                        "mapping: 10.1.2.3 has no IPv6 address [dns64.ipv4-ranges, 10.0.0.0/8]",
                        "mapping: 127.0.0.1 has no IPv6 address [no router forwards to it]",
                        "TTL: the least of: that of A 120, that of the AAAA outcome 300, that of watched prefixes 60"
                                + " [RFC 6147, section 5.1.7]");
        assertThat(explanation.rcode()).isEqualTo("NOERROR");
        assertThat(explanation.reason()).isEqualTo("synthesized");
        assertThat(explanation.rule()).isEqualTo("RFC 6147, section 5.1.7");
        assertThat(explanation.answer()).containsExactly("www.example.org. 60 IN AAAA 2001:db8:64:0:0:0:c633:6407");
    }

    @Test
    void tellsWhichRecordsAreExcluded() {
        upstream.on("www.example.org.", Type.AAAA, records("www.example.org. 60 IN AAAA ::ffff:192.0.2.1"))
                .on("www.example.org.", Type.A, records("www.example.org. 60 IN A 10.1.2.3"));

        var explanation = explain("www.example.org.", Type.AAAA);

        assertThat(explanation.steps())
                .anySatisfy(step -> assertThat(step.rule()).isEqualTo("RFC 6147, section 5.1.4"));
        assertThat(explanation.reason()).isEqualTo("not_mapped");
    }

    @Test
    void namesTheDomainThatIsLeftAlone() {
        upstream.on("db.corp.example.org.", Type.AAAA, noData(SOA));

        var explanation = explain("db.corp.example.org.", Type.AAAA);

        assertThat(explanation.steps())
                .anySatisfy(step -> assertThat(step.finding()).isEqualTo("corp.example.org. has the mode never"));
        assertThat(explanation.reason()).isEqualTo("excluded_domain");
        assertThat(upstream.asked()).containsExactly("udp db.corp.example.org. AAAA");
    }

    @Test
    void tellsThatAnUpstreamFails() {
        upstream.otherwise(rcode(Rcode.SERVFAIL));

        var explanation = explain("www.example.org.", Type.AAAA);

        assertThat(explanation.rcode()).isEqualTo("SERVFAIL");
        assertThat(explanation.reason()).isEqualTo("upstream_failed");
        assertThat(explanation.steps())
                .anySatisfy(step -> assertThat(step.finding()).isEqualTo("www.example.org.: SERVFAIL"));
    }

    @Test
    void asksNobodyForItsOwnNames() {
        var explanation = explain("ipv4only.arpa.", Type.AAAA);

        assertThat(explanation.reason()).isEqualTo("local");
        assertThat(explanation.answer()).hasSize(2);
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void tellsWhyABrowserIsDeniedItsCanary() {
        var explanation = explain("use-application-dns.net.", Type.A);

        assertThat(explanation.rcode()).isEqualTo("NXDOMAIN");
        assertThat(explanation.reason()).isEqualTo("browser_canary");
        assertThat(explanation.steps()).last().extracting("rule").isEqualTo("dns64.browser-canary");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void asksNobodyForStrangers() {
        var explanation = explainer.explain(name("www.example.org."), Type.AAAA, InetAddress.ofLiteral("203.0.113.1"));

        assertThat(explanation.reason()).isEqualTo("refused_client");
        assertThat(explanation.steps()).hasSize(1);
        assertThat(upstream.asked()).isEmpty();
    }

    private Dns64Explanation explain(String asked, int type) {
        return explainer.explain(name(asked), type, CLIENT);
    }

    private static Policy policy() {
        var none = new AddressMapping.Range(Ipv4Prefix.parse("10.0.0.0/8"), Optional.empty());
        var view = new View(
                "default",
                true,
                new AddressMapping(List.of(DEAD, PREF64), List.of(none), false),
                ExclusionSet.DEFAULT,
                Set.of(View.Cause.values()),
                DomainModes.of(Map.of(name("corp.example.org."), DomainMode.NEVER)),
                View.WithCheckingDisabled.NONE,
                View.LONGEST_TTL);
        return new Policy(
                List.of(),
                new ViewSettings(List.of(), List.of(), PrefixPolicy.ALL, view),
                List.of(),
                false,
                new OwnNames(Optional.empty(), true));
    }
}
