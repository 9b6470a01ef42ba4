// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nat64.dns64.server.DataPlaneProbe;
import nat64.dns64.server.Policy;
import nat64.dns64.server.PrefixPolicy;
import nat64.dns64.server.WatchedPrefix;
import nat64.dns64.synthesis.AddressMapping;
import nat64.dns64.synthesis.DomainMode;
import nat64.dns64.synthesis.View;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.file.ConfigException;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Name;

/** How AAAA questions are answered, and for whom. */
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
        assertThat(view.withCheckingDisabled()).isTrue();
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
        assertThat(view.withCheckingDisabled()).isFalse();
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
        assertThat(config.isProbed(OWN)).isFalse();
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

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refuses(String name, String text, String start, String mending) {
        assertThatThrownBy(() -> ConfigFile.parse("f", text.replace("|", "\n")))
                .isInstanceOf(ConfigException.class)
                .message()
                .startsWith(start)
                .contains("; ")
                .contains(mending)
                .doesNotContain("\n");
    }

    static Stream<Arguments> refuses() {
        return Stream.of(
                arguments(
                        "prefix that is not translated",
                        "dns64:|  pref64: [2001:db8:65::/96]",
                        "f:2: dns64.pref64: 2001:db8:65::/96 is none of the prefixes that this gateway translates",
                        "add it to pref64"),
                arguments(
                        "prefix of a view that is not translated",
                        "dns64:|  views:|    - name: a|      clients: [10.0.0.0/8]|      pref64: [2001:db8:65::/96]",
                        "f:5: dns64.views.pref64: 2001:db8:65::/96 is none of the prefixes",
                        "add it to pref64"),
                arguments(
                        "prefix of a range that is not translated",
                        "dns64:|  ipv4-ranges:|    - {ipv4: 10.0.0.0/8, pref64: 2001:db8:65::/96}",
                        "f:3: dns64.ipv4-ranges: 2001:db8:65::/96 is none of the prefixes",
                        "add it to pref64"),
                arguments(
                        "length that RFC 6052 does not know",
                        "dns64: {pref64: [2001:db8:64::/72]}",
                        "f:1: dns64.pref64: ",
                        "64:ff9b::/96"),
                arguments(
                        "unknown cause",
                        "dns64: {synthesize-on: [servfail]}",
                        "f:1: dns64.synthesize-on: servfail is not known",
                        "nodata, error, timeout"),
                arguments(
                        "no cause", "dns64: {synthesize-on: []}", "f:1: dns64.synthesize-on: is empty", "at least one"),
                arguments(
                        "unknown policy",
                        "dns64: {pref64-policy: random}",
                        "f:1: dns64.pref64-policy: random is not known",
                        "all, first-healthy, hash"),
                arguments(
                        "unknown mode",
                        "dns64:|  domains:|    - {name: example.org, mode: always}",
                        "f:3: dns64.domains.mode: always is not known",
                        "synthesize, force, never, filter"),
                arguments(
                        "domain without mode",
                        "dns64:|  domains:|    - name: example.org",
                        "f:3: dns64.domains: has no mode",
                        "mode: synthesize"),
                arguments(
                        "no domain",
                        "dns64:|  domains:|    - {name: a..b, mode: never}",
                        "f:3: dns64.domains.name: 'a..b' is no domain name",
                        "example.org"),
                arguments(
                        "domain twice",
                        "dns64:|  domains:|    - {name: a.org, mode: never}|    - {name: A.org., mode: force}",
                        "f:4: dns64.domains: a.org stands there twice, first in line 3",
                        "delete one"),
                arguments(
                        "range twice",
                        "dns64:|  ipv4-ranges:|    - {ipv4: 10.0.0.0/8, pref64: none}|    - {ipv4: 10.0.0.0/8, pref64: none}",
                        "f:4: dns64.ipv4-ranges: 10.0.0.0/8 stands there twice, first in line 3",
                        "delete one"),
                arguments(
                        "private range in the Well-Known Prefix",
                        "dns64:|  ipv4-ranges:|    - {ipv4: 10.0.0.0/8, pref64: 64:ff9b::/96}",
                        "f:3: dns64.ipv4-ranges.pref64: 10.0.0.0/8 is not global",
                        "64:ff9b:1:fffe::/96"),
                arguments(
                        "range that is never routed",
                        "pref64: [2001:db8:64::/96]|dns64:|  ipv4-ranges:|    - {ipv4: 127.0.0.0/8, pref64: 2001:db8:64::/96}",
                        "f:4: dns64.ipv4-ranges.pref64: 127.0.0.0/8 is never routed",
                        "write none"),
                arguments(
                        "view without name",
                        "dns64:|  views:|    - clients: [10.0.0.0/8]",
                        "f:3: dns64.views: has no name",
                        "name: site-a"),
                arguments(
                        "view without clients",
                        "dns64:|  views:|    - name: a",
                        "f:3: dns64.views: has no clients",
                        "clients: ["),
                arguments(
                        "view of attached networks",
                        "dns64:|  views:|    - {name: a, clients: [auto]}",
                        "f:3: dns64.views.clients: auto says nothing",
                        "2001:db8:1::/48"),
                arguments(
                        "view with the name of everybody else",
                        "dns64:|  views:|    - {name: default, clients: [10.0.0.0/8]}",
                        "f:3: dns64.views.name: 'default' is no name for a view",
                        "letters"),
                arguments(
                        "two views with one name",
                        "dns64:|  views:|    - {name: a, clients: [10.0.0.0/8]}|    - {name: a, clients: [11.0.0.0/8]}",
                        "f:4: dns64.views: the name a stands there twice, first in line 3",
                        "give each view its own"),
                arguments(
                        "two views with one client",
                        "dns64:|  views:|    - {name: a, clients: [10.0.0.0/8]}|    - {name: b, clients: [10.0.0.0/8]}",
                        "f:4: dns64.views: 10.0.0.0/8 are clients of the view a in line 3, too",
                        "delete them in one"),
                arguments(
                        "more prefixes than answers have room for",
                        "role: dns64|dns64: {pref64: ["
                                + String.join(
                                        ", ",
                                        Stream.iterate(0, i -> i + 1)
                                                .limit(17)
                                                .map(i -> "2001:db8:" + i + "::/96")
                                                .toList())
                                + "]}",
                        "f:2: dns64.pref64: these are 17 prefixes",
                        "delete some"),
                arguments(
                        "probe of a prefix in no answer",
                        "dns64:|  prefix-health:|    - {pref64: 2001:db8:65::/96, targets: [192.0.2.1]}",
                        "f:3: dns64.prefix-health: 2001:db8:65::/96 is in no answer",
                        "add it to"),
                arguments(
                        "probe without targets",
                        "dns64:|  prefix-health:|    - pref64: 64:ff9b::/96",
                        "f:3: dns64.prefix-health: has no targets",
                        "192.0.2.1:53"),
                arguments(
                        "probe of an IPv6 target",
                        "dns64:|  prefix-health:|    - {pref64: 64:ff9b::/96, targets: [\"2001:db8::1\"]}",
                        "f:3: dns64.prefix-health.targets: 2001:db8:0:0:0:0:0:1 is no IPv4 address",
                        "192.0.2.1:53"),
                arguments(
                        "probe at no interval",
                        "dns64:|  prefix-health:|    - {pref64: 64:ff9b::/96, targets: [8.8.8.8], interval: 1ms}",
                        "f:3: dns64.prefix-health.interval: a probe takes 100ms to 1h, not 1ms",
                        "5s"),
                arguments(
                        "prefix probed twice",
                        "dns64:|  prefix-health:|    - {pref64: 64:ff9b::/96, targets: [8.8.8.8]}"
                                + "|    - {pref64: 64:ff9b::/96, targets: [8.8.4.4]}",
                        "f:4: dns64.prefix-health: 64:ff9b::/96 stands there twice, first in line 3",
                        "delete one"),
                arguments(
                        "query log of nothing known",
                        "dns64: {query-log: {queries: some}}",
                        "f:1: dns64.query-log.queries: some says not how many queries",
                        "1/100"),
                arguments(
                        "query log of one in one",
                        "dns64: {query-log: {queries: 1/1}}",
                        "f:1: dns64.query-log.queries: 1 is no whole number from 2",
                        "1/100"),
                arguments(
                        "unknown key in a view",
                        "dns64:|  views:|    - {name: a, clients: [10.0.0.0/8], prefix: x}",
                        "f:3: dns64.views.prefix: unknown key",
                        "did you mean dns64.views.pref64?"));
    }

    private static DomainMode mode(View view, String name) {
        return view.mode(Name.fromConstantString(name));
    }
}
