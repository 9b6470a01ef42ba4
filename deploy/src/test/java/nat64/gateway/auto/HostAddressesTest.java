// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.Test;

class HostAddressesTest {

    private static final HostAddresses HOST = new HostAddresses(List.of(
            attachment("lo", "127.0.0.1", 8),
            attachment("lo", "::1", 128),
            attachment("eth0", "192.0.2.1", 24),
            attachment("eth0", "169.254.3.4", 16),
            attachment("eth0", "fe80::1", 64),
            attachment("eth0", "2001:db8:1:2:3:4:5:6", 64),
            attachment("eth1", "2001:db8:1:2:ffff::1", 64),
            attachment("eth1", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 100),
            attachment("nat64", "64:ff9b:1:ffff::1", 128)));

    @Test
    void leavesOutWhatOthersCannotReach() {
        assertThat(HOST.addresses())
                .containsExactly(
                        literal("192.0.2.1"),
                        literal("2001:db8:1:2:3:4:5:6"),
                        literal("2001:db8:1:2:ffff::1"),
                        literal("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
                        literal("64:ff9b:1:ffff::1"));
    }

    @Test
    void leavesOutTheDeviceOfTheTranslator() {
        assertThat(HOST.except("nat64").addresses()).doesNotContain(literal("64:ff9b:1:ffff::1"));
    }

    @Test
    void tellsThePrefixesOfTheLinksOnceEach() {
        assertThat(HOST.except("nat64").ipv6Prefixes())
                .containsExactly(
                        Ipv6Prefix.parse("2001:db8:1:2::/64"),
                        Ipv6Prefix.parse("2001:db8:ffff:ffff:ffff:ffff:f000:0/100"));
        assertThat(HOST.ipv4Prefixes()).containsExactly(Ipv4Prefix.parse("192.0.2.0/24"));
    }

    @Test
    void readsTheHostItRunsOn() throws HostException {
        assertThat(HostAddresses.ofThisHost().addresses()).noneMatch(InetAddress::isLoopbackAddress);
    }

    private static HostAddresses.Attachment attachment(String device, String address, int prefixLength) {
        return new HostAddresses.Attachment(device, literal(address), prefixLength);
    }

    private static InetAddress literal(String address) {
        return InetAddress.ofLiteral(address);
    }
}
