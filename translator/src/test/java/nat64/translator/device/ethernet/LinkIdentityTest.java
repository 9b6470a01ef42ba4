// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import org.junit.jupiter.api.Test;

class LinkIdentityTest {

    private static final List<Ipv4Prefix> OF_HOSTS = List.of(Ipv4Prefix.parse("192.0.2.64/29"));
    private static final int TRANSLATOR = Ipv4Address.parse("192.0.0.8");

    @Test
    void reportsFromTheTranslatorsAddressWhereTheHostHasNone() {
        var identity = LinkIdentity.ipv4(1, OF_HOSTS, Optional.empty(), TRANSLATOR);
        assertThat(identity.errorSource()).isEqualTo(IpAddresses.ipv4(TRANSLATOR));
        assertThat(identity.solicitationSource())
                .as("neighbors answer an address that is routed here")
                .isEqualTo(IpAddresses.ipv4(Ipv4Address.parse("192.0.2.64")));
    }

    @Test
    void reportsFromTheAddressOfTheHost() {
        int host = Ipv4Address.parse("192.0.2.1");
        var identity = LinkIdentity.ipv4(1, OF_HOSTS, Optional.of(host), TRANSLATOR);
        assertThat(identity.errorSource()).isEqualTo(IpAddresses.ipv4(host));
        assertThat(identity.solicitationSource()).isEqualTo(IpAddresses.ipv4(host));
    }
}
