// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import nat64.gateway.auto.HostAddresses.Attachment;
import nat64.gateway.auto.HostAddresses.Flag;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.Test;

class ServedNetworksTest {

    @Test
    void theUplinksNetworksAreNoClientsBesideAnotherLink() {
        var networks = between("203.0.113.7/24", "2001:db8:ffff::7/64");

        assertThat(networks.clients().ipv6())
                .contains(Ipv6Prefix.parse("2001:db8:1::/64"))
                .doesNotContain(Ipv6Prefix.parse("2001:db8:ffff::/64"));
        assertThat(networks.clients().ipv4())
                .contains(Ipv4Prefix.parse("198.51.100.0/24"))
                .doesNotContain(Ipv4Prefix.parse("203.0.113.0/24"));
        assertThat(networks.whoAndWhy())
                .contains("clients: the networks attached to lan: 2001:db8:1::/64, 198.51.100.0/24")
                .contains(
                        "no clients: the networks attached to wan: 2001:db8:ffff::/64, 203.0.113.0/24; it is the uplink,"
                                + " the link of the IPv4 default route. To serve them, add them to clients");
    }

    @Test
    void dnsIsNotAnsweredOnTheUplinkBesideAnotherLink() {
        var networks = between("203.0.113.7/24", "2001:db8:ffff::7/64");

        assertThat(networks.listen()).containsExactly(address("2001:db8:1::1"), address("198.51.100.1"));
        assertThat(networks.whereAndWhy())
                .contains("DNS on 2001:db8:1::1 of lan")
                .contains("no DNS on 203.0.113.7 of wan: it is on the uplink. To answer there, add it to dns64.listen");
    }

    @Test
    void privateNetworksAreClientsBehindAPublicUplink() {
        assertThat(between("203.0.113.7/24", "2001:db8:ffff::7/64").clients().ipv4())
                .contains(Ipv4Prefix.parse("10.0.0.0/8"), Ipv4Prefix.parse("192.168.0.0/16"));
        assertThat(between("203.0.113.7/24", "2001:db8:ffff::7/64").clients().ipv6())
                .contains(Ipv6Prefix.parse("fc00::/7"));
    }

    @Test
    void privateNetworksThatMayBeBehindThePrivateUplinkAreNoClients() {
        var networks = between("192.168.178.20/24", "fd00:1::20/64");

        assertThat(networks.clients().ipv4())
                .containsExactly(Ipv4Prefix.parse("127.0.0.0/8"), Ipv4Prefix.parse("198.51.100.0/24"));
        assertThat(networks.clients().ipv6())
                .containsExactlyInAnyOrder(
                        Ipv6Prefix.parse("::1/128"),
                        Ipv6Prefix.parse("fe80::/10"),
                        Ipv6Prefix.parse("2001:db8:1::/64"));
        assertThat(networks.whoAndWhy())
                .anyMatch(line -> line.startsWith("no clients: other private IPv4 and unique local IPv6 networks;"));
    }

    @Test
    void theOnlyLinkIsOfClientsButForItsPublicIpv4Network() {
        var networks = ServedNetworks.of(new HostAddresses(
                List.of(
                        on("eth0", "2001:db8:1::1/64"),
                        on("eth0", "10.0.0.1/24"),
                        on("eth0", "203.0.113.7/24"),
                        on("lo", "203.0.113.99/32")),
                Set.of("eth0")));

        assertThat(networks.clients().ipv6()).contains(Ipv6Prefix.parse("2001:db8:1::/64"));
        assertThat(networks.clients().ipv4())
                .contains(Ipv4Prefix.parse("10.0.0.0/8"), Ipv4Prefix.parse("192.168.0.0/16"))
                .doesNotContain(Ipv4Prefix.parse("203.0.113.0/24"));
        assertThat(networks.listen()).contains(address("10.0.0.1"), address("203.0.113.7"));
        assertThat(networks.whoAndWhy())
                .contains("no clients: 203.0.113.0/24, attached to eth0; it is public, and strangers may be in it. To"
                        + " serve it, add it to clients");
    }

    @Test
    void aHostWithUplinksAloneTreatsThemAsItsOnlyLink() {
        var networks = ServedNetworks.of(new HostAddresses(
                List.of(on("eth0", "2001:db8:1::1/64"), on("wlan0", "2001:db8:2::1/64")), Set.of("eth0", "wlan0")));

        assertThat(networks.listen()).hasSize(2);
        assertThat(networks.clients().ipv6())
                .contains(Ipv6Prefix.parse("2001:db8:1::/64"), Ipv6Prefix.parse("2001:db8:2::/64"));
    }

    @Test
    void addressesThatCanNotBeUsedAreSkippedAndDeprecatedOnesAreTold() {
        var networks = ServedNetworks.of(new HostAddresses(List.of(
                new Attachment("lan", address("2001:db8::1"), 64, Set.of(Flag.TENTATIVE)),
                new Attachment("lan", address("2001:db8::2"), 64, Set.of(Flag.TENTATIVE, Flag.DADFAILED)),
                new Attachment("lan", address("2001:db8::3"), 64, Set.of(Flag.TEMPORARY)),
                new Attachment("lan", address("2001:db8::4"), 64, Set.of(Flag.DEPRECATED)),
                new Attachment("lan", address("2001:db8::5"), 64))));

        assertThat(networks.listen()).containsExactly(address("2001:db8::4"), address("2001:db8::5"));
        assertThat(networks.whereAndWhy())
                .contains(
                        "no DNS on 2001:db8::1 of lan: it is tentative until the link is up and no other host is found to"
                                + " have it",
                        "no DNS on 2001:db8::2 of lan: another host on the link has this address (dadfailed); give one of"
                                + " the two another address",
                        "no DNS on 2001:db8::3 of lan: it is temporary (RFC 8981)",
                        "DNS on 2001:db8::4 of lan, which is deprecated: tell clients another address");
    }

    /** A host between a LAN and an uplink. */
    private static ServedNetworks between(String ipv4, String ipv6) {
        return ServedNetworks.of(new HostAddresses(
                List.of(on("wan", ipv6), on("wan", ipv4), on("lan", "2001:db8:1::1/64"), on("lan", "198.51.100.1/24")),
                Set.of("wan")));
    }

    private static Attachment on(String device, String address) {
        var parts = address.split("/", 2);
        return new Attachment(device, address(parts[0]), Integer.parseInt(parts[1]));
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
