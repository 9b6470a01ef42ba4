// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import nat64.dns64.settings.UpstreamServer;
import nat64.gateway.auto.HostAddresses.Attachment;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.Test;

class HostDefaultsTest {

    private static final String RESOLV_CONF = "nameserver 192.0.2.53\nnameserver 2001:db8:1::1\n";

    private final HostAddresses host = new HostAddresses(List.of(
            new Attachment("lan", address("2001:db8:1::1"), 64), new Attachment("wan", address("192.0.2.7"), 24)));

    @Test
    void answersOnAllAddressesAndAsksTheResolversOfTheHostButNotItself() throws Exception {
        var config = resolve("{}", host, RESOLV_CONF);
        assertThat(config.dns64().listen().plain().given()).containsExactly(dns("2001:db8:1::1"), dns("192.0.2.7"));
        assertThat(config.dns64().upstreams().servers().given())
                .containsExactly(UpstreamServer.plain(dns("192.0.2.53")));
        assertThat(config.dns64().listen().plain().auto()).isFalse();
    }

    @Test
    void neverAsksItselfBehindAWildcard() throws Exception {
        var resolvers = "nameserver 127.0.0.1\nnameserver ::1\nnameserver 192.0.2.7\nnameserver 192.0.2.53\n";
        var config = resolve("dns64: {listen: ['[::]:53']}", host, resolvers);
        assertThat(config.dns64().upstreams().servers().given())
                .containsExactly(UpstreamServer.plain(dns("192.0.2.53")));
    }

    @Test
    void servesAttachedNetworksAndTheHostItself() throws Exception {
        var clients = resolve("{}", host, RESOLV_CONF).clients();
        assertThat(clients.ipv6())
                .contains(Ipv6Prefix.parse("2001:db8:1::/64"), Ipv6Prefix.parse("64:ff9b:1:ffff::1/128"))
                .doesNotContain(Ipv6Prefix.parse("::/0"));
        assertThat(clients.ipv4()).contains(Ipv4Prefix.parse("10.0.0.0/8"));
    }

    @Test
    void explainsNothingThatIsNotAutomatic() {
        assertThat(HostDefaults.explain(parse("{}"), host))
                .anyMatch(line -> line.startsWith("clients: "))
                .anyMatch(line -> line.startsWith("DNS on "));
        assertThat(HostDefaults.explain(parse("{clients: [2001:db8::/32], role: translator}"), host))
                .isEmpty();
    }

    @Test
    void keepsToTheClientsThatAreNamed() throws Exception {
        var clients = resolve("clients: [2001:db8:2::/48]", host, RESOLV_CONF).clients();
        assertThat(clients.ipv6()).containsExactly(Ipv6Prefix.parse("2001:db8:2::/48"));
        assertThat(clients.ipv4()).isEmpty();
    }

    @Test
    void passesOverAddressesWherePort53IsTaken() throws Exception {
        var resolved = HostDefaults.resolve(
                parse("{}"),
                new HostDefaults.Now(host, RESOLV_CONF, List.of(), taken -> !taken.equals(address("192.0.2.7"))));
        assertThat(resolved.config().dns64().listen().plain().given()).containsExactly(dns("2001:db8:1::1"));
        assertThat(resolved.reasons()).contains("no DNS on 192.0.2.7: port 53 is in use there");
    }

    @Test
    void waitsForWhatTheHostDoesNotHaveYet() throws Exception {
        var noResolver = HostDefaults.resolve(parse("{}"), now(host, "# empty", List.of()));
        assertThat(noResolver.waiting())
                .containsExactly("/etc/resolv.conf names no resolver that could be asked yet; or set dns64.upstreams");
        assertThat(noResolver.config().dns64().upstreams().servers().given()).isEmpty();

        assertThat(HostDefaults.resolve(parse("{}"), now(new HostAddresses(List.of()), RESOLV_CONF, List.of()))
                        .waiting())
                .containsExactly(
                        "this host has no address yet, and so no clients",
                        "this host has no address yet where DNS could be answered; or set dns64.listen");
        assertThat(HostDefaults.resolve(parse("{}"), now(host, RESOLV_CONF, List.of()))
                        .waiting())
                .isEmpty();
    }

    @Test
    void goesOnAskingTheResolversThatItHadWhileThereAreNoOthers() throws Exception {
        var before = List.of(UpstreamServer.plain(dns("192.0.2.99")));

        var resolved = HostDefaults.resolve(parse("{}"), now(host, "", before));

        assertThat(resolved.config().dns64().upstreams().servers().given()).isEqualTo(before);
        assertThat(resolved.waiting()).hasSize(1);
    }

    @Test
    void aHostThatIsTheSameLeadsToTheSameConfiguration() throws Exception {
        var file = parse("""
                dns64:
                  tls: {certificate: /a, key: /b}
                  prefix-health: [{pref64: '64:ff9b::/96', targets: ['192.0.2.1:53']}]
                """);

        assertThat(HostDefaults.resolve(file, now(host, RESOLV_CONF, List.of())))
                .isEqualTo(HostDefaults.resolve(file, now(host, RESOLV_CONF, List.of())));
        assertThat(HostDefaults.resolve(file)).isEqualTo(HostDefaults.resolve(file));
    }

    @Test
    void asksNothingOfTheHostForADns64ThatDoesNotRun() throws Exception {
        assertThat(resolve("role: translator", new HostAddresses(List.of()), "")
                        .role()
                        .answersDns())
                .isFalse();
    }

    @Test
    void refusesToTrustTheAdBitOfAResolverFarAway() throws Exception {
        var trusting = "dns64: {dnssec: {mode: trust-upstream-ad}}";

        assertThatThrownBy(() -> resolve(trusting, host, "nameserver 192.0.2.53"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("192.0.2.53")
                .hasMessageContaining("tls://");
        assertThat(resolve(trusting, host, "nameserver 127.0.0.53")
                        .dns64()
                        .upstreams()
                        .servers()
                        .given())
                .hasSize(1);
    }

    private static GatewayConfig resolve(String yaml, HostAddresses host, String resolvConf) throws HostException {
        return HostDefaults.resolve(parse(yaml), now(host, resolvConf, List.of()))
                .config();
    }

    private static HostDefaults.Now now(HostAddresses host, String resolvConf, List<UpstreamServer> asked) {
        return new HostDefaults.Now(host, resolvConf, asked, _ -> true);
    }

    private static GatewayConfig parse(String yaml) {
        return ConfigFile.parse("test.yaml", yaml).config();
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }

    private static InetSocketAddress dns(String address) {
        return new InetSocketAddress(address(address), 53);
    }
}
