// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nat64.dns64.health.DataPlaneProbe;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.PrefixPolicy;
import nat64.dns64.settings.WatchedPrefix;
import nat64.dns64.synthesis.AddressMapping;
import nat64.dns64.synthesis.DomainMode;
import nat64.dns64.synthesis.View;
import nat64.dns64.synthesis.View.WithCheckingDisabled;
import nat64.gateway.config.ConfigFile;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** How AAAA queries are answered, and for which clients. */
class ViewsConfigTest {

    private static final Pref64 OWN = Pref64.parse("2001:db8:64::/96");
    private static final Pref64 OTHER = Pref64.parse("2001:db8:65::/96");
    private static final String TEXT = """
            role: dns64
            pref64: [2001:db8:64::/96]
            dns64:
              synthesize-on: [nodata, timeout]
              synthesize-with-cd: true
              pref64-policy: first-healthy
              ptr: inline
              domains:
                - {name: Example.ORG, mode: force}
                - {name: 10.in-addr.arpa., mode: synthesize}
              ipv4-ranges:
                - {ipv4: 10.0.0.0/8, pref64: none}
              views:
                - name: site-a
                  clients: ["2001:db8:a::/48", 10.1.0.0/16]
                  pref64: [2001:db8:65::/96, 2001:db8:64::/96]
                  pref64-policy: hash
                  exclude: ["fec0::/10"]
                  synthesize-on: [error]
                  synthesize-with-cd: false
                  domains: [{name: ., mode: never}]
                  ipv4-ranges: [{ipv4: 10.2.0.0/16, pref64: 2001:db8:64::/96}]
                - name: dual-stack
                  clients: [192.0.2.0/24]
                  synthesize: false
            """;

    private final Policy policy = ConfigFile.parse("f", TEXT).config().dns64().policy();

    @Test
    void readsTheViewOfEverybodyElse() {
        var settings = policy.otherwise();
        var view = settings.view();

        assertThat(settings.prefixPolicy()).isEqualTo(PrefixPolicy.FIRST_HEALTHY);
        assertThat(view.name()).isEqualTo("default");
        assertThat(view.pref64s()).containsExactly(OWN);
        assertThat(view.synthesizeOn()).isEqualTo(Set.of(View.Cause.NODATA, View.Cause.TIMEOUT));
        assertThat(view.withCheckingDisabled()).isEqualTo(WithCheckingDisabled.WITHOUT_DO);
        assertThat(mode(view, "www.example.org.")).isEqualTo(DomainMode.FORCE);
        assertThat(mode(view, "x.cluster.local.")).isEqualTo(DomainMode.NEVER);
        assertThat(view.mapping().ranges())
                .containsExactly(new AddressMapping.Range(Ipv4Prefix.parse("10.0.0.0/8"), Optional.empty()));
        assertThat(policy.inlinePtr()).isTrue();
        assertThat(policy.notLocal()).contains(Name.fromConstantString("10.in-addr.arpa."));
    }

    @Test
    void readsAView() {
        var settings = policy.views().getFirst();
        var view = settings.view();

        assertThat(settings.clientsV6()).containsExactly(Ipv6Prefix.parse("2001:db8:a::/48"));
        assertThat(settings.clientsV4()).containsExactly(Ipv4Prefix.parse("10.1.0.0/16"));
        assertThat(settings.prefixPolicy()).isEqualTo(PrefixPolicy.HASH);
        assertThat(view.name()).isEqualTo("site-a");
        assertThat(view.pref64s()).containsExactly(OTHER, OWN);
        assertThat(view.excluded().prefixes()).containsExactly(Ipv6Prefix.parse("fec0::/10"));
        assertThat(view.synthesizeOn()).containsExactly(View.Cause.ERROR);
        assertThat(view.withCheckingDisabled()).isEqualTo(WithCheckingDisabled.NONE);
        assertThat(mode(view, "www.example.org.")).isEqualTo(DomainMode.NEVER);
        assertThat(view.mapping().ranges())
                .containsExactly(new AddressMapping.Range(Ipv4Prefix.parse("10.2.0.0/16"), Optional.of(OWN)));
    }

    @Test
    void takesWhatAViewDoesNotNameFromTheKeysAbove() {
        var settings = policy.views().getLast();
        var view = settings.view();
        var base = policy.otherwise().view();

        assertThat(view.synthesizes()).isFalse();
        assertThat(settings.prefixPolicy()).isEqualTo(PrefixPolicy.FIRST_HEALTHY);
        assertThat(view.mapping()).isEqualTo(base.mapping());
        assertThat(view.excluded()).isEqualTo(base.excluded());
        assertThat(view.synthesizeOn()).isEqualTo(base.synthesizeOn());
        assertThat(view.domains()).isEqualTo(base.domains());
    }

    @Test
    @Tag("R-42")
    void takesPrefixesThatThisGatewayTranslates() {
        var text = "pref64: [2001:db8:64::/96, 2001:db8:65::/96]\ndns64: {pref64: [2001:db8:65::/96]}";

        assertThat(ConfigFile.parse("f", text).config().dns64().policy().pref64s())
                .containsExactly(OTHER);
    }

    @Test
    @Tag("R-42")
    void takesAPrefixOfAnotherTranslatorThatIsProbed() {
        var text = """
                pref64: [2001:db8:64::/96]
                dns64:
                  pref64: [2001:db8:64::/96, 2001:db8:65::/96]
                  prefix-health:
                    - {pref64: 2001:db8:65::/96, targets: [192.0.2.1:853], probe: dns, interval: 1s, down-after: 2}
                """;
        var config = ConfigFile.parse("f", text).config().dns64();

        assertThat(config.policy().pref64s()).containsExactly(OWN, OTHER);
        assertThat(config.probe(OWN)).isEmpty();
        assertThat(config.probe(OTHER)).isPresent();
        assertThat(config.probed())
                .containsExactly(new WatchedPrefix(
                        OTHER,
                        new DataPlaneProbe(
                                OTHER,
                                List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 853)),
                                DataPlaneProbe.Kind.DNS,
                                Duration.ofSeconds(1)),
                        Duration.ofSeconds(1),
                        2,
                        2));
    }

    private static DomainMode mode(View view, String name) {
        return view.mode(Name.fromConstantString(name));
    }
}
