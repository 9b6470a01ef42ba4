// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class BoundPortsTest {

    private static final int ADDRESS = 0xc000_020a; // 192.0.2.10

    private static final String TCP = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0A0200C0:C350 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
               1: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2
               2: 0100007F:1940 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 3
               3: 0A0200C0:C351 01020304:01BB 01 00000000:00000000 00:00000000 00000000     0        0 4
            """;
    private static final String TCP6 = """
              sl  local_address                         remote_address                        st
               0: 00000000000000000000000000000000:01BB 00000000000000000000000000000000:0000 0A 0
               1: 0000000000000000FFFF00000A0200C0:1F90 00000000000000000000000000000000:0000 0A 0
               2: B80D0120000000000000000002000000:1F91 00000000000000000000000000000000:0000 0A 0
            """;

    @Test
    void findsWhatListensAtTheAddressOrAtAll() {
        assertThat(BoundPorts.ports(TCP.lines(), "0A", ADDRESS)).containsExactly(50_000, 22);
        assertThat(BoundPorts.ports(TCP6.lines(), "0A", ADDRESS)).containsExactly(443, 8080);
    }

    @Test
    void readsTheTablesOfThisHost() throws Exception {
        try (var server = new ServerSocket(0);
                var datagrams = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
            assertThat(BoundPorts.tcp(ADDRESS)).contains(server.getLocalPort());
            assertThat(BoundPorts.udp(0x7f00_0001)).contains(datagrams.getLocalPort());
            assertThat(BoundPorts.udp(ADDRESS)).doesNotContain(datagrams.getLocalPort());
        }
    }
}
