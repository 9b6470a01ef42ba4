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
        var config =
                HostDefaults.resolve(parse("{}"), host, RESOLV_CONF, address -> !address.equals(address("192.0.2.7")));
        assertThat(config.dns64().listen().plain().given()).containsExactly(dns("2001:db8:1::1"));
    }

    @Test
    void saysWhatToConfigureWhereTheHostTellsNothing() {
        assertThatThrownBy(() -> resolve("{}", host, "# empty"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("set dns64.upstreams");
        assertThatThrownBy(() -> resolve("{}", new HostAddresses(List.of()), RESOLV_CONF))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("set dns64.listen");
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
        return HostDefaults.resolve(parse(yaml), host, resolvConf, _ -> true);
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
