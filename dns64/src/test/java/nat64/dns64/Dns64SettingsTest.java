// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.settings.ServingSettings;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.settings.UpstreamSettings;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Test;

class Dns64SettingsTest {

    private static final List<InetSocketAddress> LISTEN =
            List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 53));
    private static final List<InetSocketAddress> UPSTREAMS =
            List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), 53));
    private static final List<Pref64> PREF64S = List.of(Pref64.WELL_KNOWN);

    @Test
    void needsAnUpstreamAndAPrefix() {
        assertThatThrownBy(() -> settings(LISTEN, List.of(), PREF64S, 1, 0)).hasMessageContaining("upstream");
        assertThatThrownBy(() -> settings(LISTEN, UPSTREAMS, List.of(), 1, 0)).hasMessageContaining("Pref64");
    }

    @Test
    void refusesToForwardToItself() {
        assertThatThrownBy(() -> settings(LISTEN, LISTEN, PREF64S, 1, 0)).hasMessageContaining("come back");
    }

    @Test
    void wantsAddressesAndNotNames() {
        var name = List.of(InetSocketAddress.createUnresolved("ns.example.org", 53));

        assertThatThrownBy(() -> settings(name, UPSTREAMS, PREF64S, 1, 0)).hasMessageContaining("not on names");
        assertThatThrownBy(() -> settings(LISTEN, name, PREF64S, 1, 0)).hasMessageContaining("not a name");
    }

    @Test
    void refusesSizesAndTimesThatMakeNoSense() {
        assertThatThrownBy(() -> settings(LISTEN, UPSTREAMS, PREF64S, 0, 0)).hasMessageContaining("timeout");
        assertThatThrownBy(() -> settings(LISTEN, UPSTREAMS, PREF64S, 1, -1)).hasMessageContaining("cache");
    }

    private static Dns64Settings settings(
            List<InetSocketAddress> listen,
            List<InetSocketAddress> upstreams,
            List<Pref64> pref64s,
            long timeoutSeconds,
            long cacheBytes) {
        return new Dns64Settings(
                listen,
                List.of(),
                List.of(),
                UpstreamSettings.of(
                        upstreams.stream().map(UpstreamServer::plain).toList(), Duration.ofSeconds(timeoutSeconds)),
                Policy.of(pref64s),
                List.of(),
                cacheBytes,
                1,
                QueryLogSettings.OFF,
                ServingSettings.PLAIN);
    }
}
