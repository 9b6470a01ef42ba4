// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import nat64.dns64.query.Pipelines;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Test;

class KnownClientsTest {

    private final Set<InetAddress> asked = new HashSet<>();
    private final Views views = new Views(Pipelines.policy("64:ff9b::/96", "2001:db8:64::/96"), Set.of());
    private final KnownClients clients =
            new KnownClients(client -> asked.add(client) && client.getAddress()[0] == 10, views::now);

    @Test
    void looksAtTheListOnceForAClient() {
        var client = InetAddress.ofLiteral("10.0.0.1");

        assertThat(clients.view(client)).isNotNull();
        assertThat(clients.view(client)).isNotNull(); // the list would say no
    }

    @Test
    void neverServesAStrangerInThePlaceOfAClient() {
        for (int i = 0; i < 5_000; i++) {
            var client = InetAddress.ofLiteral("10.0." + (i >> 8) + "." + (i & 0xff));
            var stranger = InetAddress.ofLiteral("11.0." + (i >> 8) + "." + (i & 0xff));
            assertThat(clients.view(client)).isNotNull();
            assertThat(clients.view(stranger)).isNull();
        }
    }

    @Test
    void forgetsTheViewsOfBeforeWhenAPrefixIsWithdrawn() {
        var client = InetAddress.ofLiteral("10.0.0.1");
        var before = clients.view(client);
        asked.clear();

        views.withdraw(Set.of(Pref64.WELL_KNOWN));

        assertThat(clients.view(client)).isNotEqualTo(before);
    }
}
