// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class UpstreamServerTest {

    @Test
    void isWrittenAsItIsConfigured() throws Exception {
        var ipv6 = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 53);

        assertThat(UpstreamServer.plain(ipv6)).hasToString("[2001:db8::1]:53");
        assertThat(UpstreamServer.tcp(ipv6)).hasToString("tcp://[2001:db8::1]:53");
        assertThat(UpstreamServer.plain(linkLocal(7))).hasToString("[fe80::1%7]:53");
    }

    @Test
    void differsByTheInterfaceOfALinkLocalAddress() throws Exception {
        assertThat(UpstreamServer.plain(linkLocal(7)))
                .isEqualTo(UpstreamServer.plain(linkLocal(7)))
                .isNotEqualTo(UpstreamServer.plain(linkLocal(8)))
                .hasSameHashCodeAs(UpstreamServer.plain(linkLocal(7)));
    }

    @Test
    void aLinkLocalAddressNeedsAnInterface() {
        assertThatThrownBy(() -> UpstreamServer.plain(linkLocal(0))).hasMessageContaining("fe80::1%eth0");
    }

    @Test
    void onlyEncryptedOnesAreSafeOnTheWay() {
        var remote = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), 53);

        assertThat(UpstreamServer.tcp(remote).isReachedSafely()).isFalse();
        assertThat(UpstreamServer.tls(remote, "").isReachedSafely()).isTrue();
    }

    private static InetSocketAddress linkLocal(int scope) throws UnknownHostException {
        byte[] address = {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        return new InetSocketAddress(Inet6Address.getByAddress("", address, scope), 53);
    }
}
