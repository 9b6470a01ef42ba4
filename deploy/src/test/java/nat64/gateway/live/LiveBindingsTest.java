// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.translator.StatefulConfig;
import nat64.gateway.config.translator.binding.BindingText;
import nat64.gateway.config.translator.binding.TransportAddress;
import nat64.translator.address.Ipv4Address;
import nat64.translator.session.policy.StaticBinding;
import org.junit.jupiter.api.Test;

/** Static bindings that differ from those of the file. */
class LiveBindingsTest {

    private static final int FIRST = Ipv4Address.parse("192.0.2.1");

    private final GatewayConfig file = config("""
            translator:
              pool4: [{prefix: 192.0.2.0/24}]
              static-bindings:
                - {protocol: tcp, ipv4: "192.0.2.1:80", ipv6: "[2001:db8::80]:80"}
                - {protocol: udp, ipv4: "auto:53", ipv6: "[2001:db8::53]:53"}
            """);

    @Test
    void anAddedOneCountsBesideThoseOfTheFile() {
        var live = LiveBindings.NONE.add(binding("tcp", "192.0.2.1:443", "[2001:db8::80]:443"), stateful(file), FIRST);

        assertThat(bindings(live.in(file)))
                .containsExactly(
                        "tcp 192.0.2.1:80 [2001:db8::80]:80",
                        "udp auto:53 [2001:db8::53]:53",
                        "tcp 192.0.2.1:443 [2001:db8::80]:443");
    }

    @Test
    void aRemovedOneOfTheFileCountsNoLonger() {
        var live = LiveBindings.NONE.remove(place("tcp", "192.0.2.1:80"), stateful(file), FIRST);

        assertThat(bindings(live.in(file))).containsExactly("udp auto:53 [2001:db8::53]:53");
    }

    @Test
    void theFirstAddressOfPool4NamesABindingAtAuto() {
        var live = LiveBindings.NONE.remove(place("udp", "192.0.2.1:53"), stateful(file), FIRST);

        assertThat(bindings(live.in(file))).containsExactly("tcp 192.0.2.1:80 [2001:db8::80]:80");
    }

    @Test
    void whatWasAddedAndRemovedIsNoDifference() {
        var added = LiveBindings.NONE.add(binding("tcp", "192.0.2.9:1", "[2001:db8::9]:1"), stateful(file), FIRST);
        assertThat(added.remove(place("tcp", "192.0.2.9:1"), stateful(file), FIRST))
                .isEqualTo(LiveBindings.NONE);

        var removed = LiveBindings.NONE.remove(place("tcp", "192.0.2.1:80"), stateful(file), FIRST);
        assertThat(removed.add(binding("tcp", "192.0.2.1:80", "[2001:db8::80]:80"), stateful(file), FIRST))
                .isEqualTo(LiveBindings.NONE);
    }

    @Test
    void whatTheFileHasCaughtUpWithIsNoDifference() {
        var live = LiveBindings.NONE
                .add(binding("tcp", "192.0.2.9:1", "[2001:db8::9]:1"), stateful(file), FIRST)
                .remove(place("tcp", "192.0.2.1:80"), stateful(file), FIRST);
        var next = config("""
                translator:
                  pool4: [{prefix: 192.0.2.0/24}]
                  static-bindings:
                    - {protocol: tcp, ipv4: "192.0.2.9:1", ipv6: "[2001:db8::9]:1"}
                """);

        assertThat(live.comparedWith(stateful(next))).isEqualTo(LiveBindings.NONE);
        assertThat(live.comparedWith(stateful(file))).isEqualTo(live);
    }

    @Test
    void theHostsOwnAddressIsFollowedWhereItIsPool4() {
        var own = config("translator: {pool4: auto}");

        var live = LiveBindings.NONE.add(binding("tcp", "192.0.2.1:443", "[2001:db8::80]:443"), stateful(own), FIRST);

        assertThat(live.added()).extracting(StaticBinding::ipv4).containsExactly(TransportAddress.FIRST_OF_POOL4);
        assertThat(live.remove(place("tcp", "192.0.2.1:443"), stateful(own), FIRST))
                .isEqualTo(LiveBindings.NONE);
    }

    @Test
    void whatIsThereCantBeAddedAndWhatIsNotCantBeRemoved() {
        assertThatThrownBy(() -> LiveBindings.NONE.add(
                        binding("tcp", "192.0.2.1:80", "[2001:db8::80]:80"), stateful(file), FIRST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is this static binding already");
        assertThatThrownBy(() -> LiveBindings.NONE.remove(place("udp", "192.0.2.1:80"), stateful(file), FIRST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no static binding has this address and port");
    }

    @Test
    void aRemovedOneIsStillFoundAsItWasWritten() {
        var live = LiveBindings.NONE.remove(place("udp", "192.0.2.1:53"), stateful(file), FIRST);

        assertThat(live.find(place("udp", "192.0.2.1:53"), stateful(file), FIRST)
                        .ipv4())
                .isEqualTo(TransportAddress.FIRST_OF_POOL4);
        assertThatThrownBy(() -> live.remove(place("udp", "192.0.2.1:53"), stateful(file), FIRST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("this static binding was removed already");
    }

    private static GatewayConfig config(String text) {
        return ConfigFile.parse("test", text).config();
    }

    private static StatefulConfig stateful(GatewayConfig config) {
        return config.translator().stateful();
    }

    private static List<String> bindings(GatewayConfig config) {
        return stateful(config).policy().staticBindings().stream()
                .map(BindingText::format)
                .toList();
    }

    private static StaticBinding binding(String protocol, String ipv4, String ipv6) {
        return BindingText.binding(Map.of("protocol", protocol, "ipv4", ipv4, "ipv6", ipv6));
    }

    private static StaticBinding.Outside place(String protocol, String ipv4) {
        return BindingText.outside(Map.of("protocol", protocol, "ipv4", ipv4));
    }
}
