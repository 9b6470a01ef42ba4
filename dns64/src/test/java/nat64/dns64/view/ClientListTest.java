// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientListTest {

    private final ClientList clients =
            new ClientList(List.of(Ipv6Prefix.parse("2001:db8:1::/64")), List.of(Ipv4Prefix.parse("192.0.2.0/25")));

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1::7, true",
        "2001:db8:1:1::7, false",
        "::1, false",
        "192.0.2.127, true",
        "192.0.2.128, false",
    })
    @Tag("R-131")
    void knowsItsClients(String address, boolean served) {
        assertThat(clients.contains(InetAddress.ofLiteral(address))).isEqualTo(served);
    }

    @Test
    void takesMappedAddressesAsIpv4() throws UnknownHostException {
        assertThat(clients.contains(mapped("::ffff:192.0.2.1"))).isTrue();
        assertThat(clients.contains(mapped("::ffff:192.0.2.200"))).isFalse();
        assertThat(new ClientList(List.of(Ipv6Prefix.parse("::/0")), List.of()).contains(mapped("::ffff:192.0.2.1")))
                .isFalse();
    }

    /** As an IPv6 socket shows it: {@link InetAddress#getByAddress} would make it an IPv4 address. */
    private static InetAddress mapped(String address) throws UnknownHostException {
        return Inet6Address.getByAddress(null, Ipv6Address.parse(address).bytes(), 0);
    }
}
