// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {

    @Test
    void readsTheResolversInOrder() {
        var resolvConf = """
                # a comment
                ; another
                domain example.org
                nameserver 2001:db8::53
                nameserver	127.0.0.53
                options edns0 trust-ad
                nameserver not-an-address
                nameserver fe80::1%no-such-link
                nameserver
                  nameserver 192.0.2.53 # trailing words
                nameserver 2001:db8::53
                """;

        assertThat(ResolvConf.resolvers(resolvConf, List.of()))
                .containsExactly(literal("2001:db8::53"), literal("127.0.0.53"), literal("192.0.2.53"));
    }

    @Test
    void doesNotTakeItselfForAResolver() {
        assertThat(ResolvConf.resolvers("nameserver 192.0.2.1\nnameserver 192.0.2.53\n", List.of(literal("192.0.2.1"))))
                .containsExactly(literal("192.0.2.53"));
    }

    @Test
    void readsTheZoneOfALinkLocalResolver() {
        assertThat(ResolvConf.resolvers("nameserver fe80::1%1\n", List.of()))
                .singleElement()
                .extracting(InetAddress::getHostAddress)
                .isEqualTo("fe80:0:0:0:0:0:0:1%1");
    }

    private static InetAddress literal(String address) {
        return InetAddress.ofLiteral(address);
    }
}
