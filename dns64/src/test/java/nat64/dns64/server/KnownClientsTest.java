// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownClientsTest {

    private final Set<InetAddress> asked = new HashSet<>();
    private final KnownClients clients = new KnownClients(client -> asked.add(client) && client.getAddress()[0] == 10);

    @Test
    void looksAtTheListOnceForAClient() {
        var client = InetAddress.ofLiteral("10.0.0.1");

        assertThat(clients.serves(client)).isTrue();
        assertThat(clients.serves(client)).isTrue(); // the list would say no
    }

    @Test
    void neverServesAStrangerInThePlaceOfAClient() {
        for (int i = 0; i < 5_000; i++) {
            var client = InetAddress.ofLiteral("10.0." + (i >> 8) + "." + (i & 0xff));
            var stranger = InetAddress.ofLiteral("11.0." + (i >> 8) + "." + (i & 0xff));
            assertThat(clients.serves(client)).isTrue();
            assertThat(clients.serves(stranger)).isFalse();
        }
    }
}
