// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nat64.gateway.admin.AdminActions;
import nat64.gateway.auto.Resolved;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.translator.binding.BindingText;
import nat64.gateway.live.LiveBindings;
import nat64.gateway.metrics.ReloadStatus;
import nat64.translator.address.Ipv4Prefix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReloadTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private Instant now = START;
    private String file = "";
    private final List<GatewayConfig> used = new ArrayList<>();
    private final Reload reload = new Reload(
            () -> ConfigFile.parse("f", file),
            ConfigFile.defaults(),
            Resolved.fixed(ConfigFile.defaults().config()),
            (config, _) -> resolve(config),
            () -> now);
    private Clients onHost = Clients.NONE;

    @Test
    @Tag("R-134")
    void handsOverTheWholeConfiguration() {
        file = "dns64: {upstreams: [192.0.2.1]}";
        now = START.plusSeconds(60);

        var result = reload.take(used::add);

        assertThat(result.done()).isTrue();
        assertThat(result.text()).isEqualTo("""
                configuration reloaded from f; changed:
                  dns64.upstreams: 1 removed, 1 added
                    - auto
                    + 192.0.2.1""");
        assertThat(reload.running().text()).isEqualTo(file);
        assertThat(used).containsExactly(ConfigFile.parse("f", file).config());
        assertThat(reload.status()).isEqualTo(new ReloadStatus(true, now));
    }

    @Test
    @Tag("R-134")
    void handsOverNothingOfAWrongFile() {
        file = "dns64:\n  upstreams: [192.0.2.1]\n  thread: 1";
        now = START.plusSeconds(60);

        var result = reload.take(used::add);

        assertThat(result.done()).isFalse();
        assertThat(result.text()).startsWith("f:3: dns64.thread: ");
        assertThat(used).isEmpty();
        assertThat(reload.status()).isEqualTo(new ReloadStatus(false, START));
    }

    @Test
    void handsOverNothingIfOneChangeNeedsARestart() {
        file = "dns64: {upstreams: [192.0.2.1], threads: 1}";

        var result = reload.take(used::add);

        assertThat(result.text())
                .isEqualTo("f: dns64.threads: has changed, which needs a restart; restart the gateway, or revert this"
                        + " change");
        assertThat(used).isEmpty();
    }

    @Test
    void comparesWithWhatItTookLast() {
        file = "dns64: {upstreams: [192.0.2.1]}";
        reload.take(used::add);
        file = "";

        assertThat(reload.take(used::add).done()).isTrue();
        assertThat(used).hasSize(2);
        assertThat(reload.take(used::add).text()).isEqualTo("configuration reloaded from f; nothing has changed");
    }

    @Test
    void keepsAStaticBindingThatWasAddedUntilTheFileHasIt() {
        var place = Map.of("protocol", "tcp", "ipv4", "100.64.64.1:80", "ipv6", "[2001:db8::80]:80");
        var binding = BindingText.binding(place);
        var added = reload.rebind((live, of, first) -> live.add(binding, of, first), used::add, "added");
        file = "dns64: {upstreams: [192.0.2.1]}";
        reload.take(used::add);

        assertThat(added.done()).isTrue();
        assertThat(used)
                .hasSize(2)
                .allSatisfy(config -> assertThat(
                                config.translator().stateful().policy().staticBindings())
                        .containsExactly(binding));
        assertThat(reload.live().added()).containsExactly(binding);

        file = "translator: {static-bindings: [{protocol: tcp, ipv4: '100.64.64.1:80', ipv6: '[2001:db8::80]:80'}],"
                + " pool4: [{prefix: 100.64.64.0/29}]}";
        assertThat(reload.take(used::add).done()).isTrue();
        assertThat(reload.live()).isEqualTo(LiveBindings.NONE);
    }

    @Test
    void drainsPool4UntilTheNextReload() {
        file = "translator: {pool4: [{prefix: 100.64.64.0/29}]}";
        reload.take(used::add);
        var prefix = Ipv4Prefix.parse("100.64.64.1/32");

        var result = reload.drain(
                (drained, pool4) -> drained.drain(prefix, pool4, false), used::add, left -> "left: " + left);
        reload.follow(used::add);

        assertThat(result).isEqualTo(new AdminActions.Result(true, "left: 7"));
        assertThat(used.getLast().translator().stateful().drained()).containsExactly(prefix);
        reload.take(used::add);
        assertThat(used.getLast().translator().stateful().drained()).isEmpty();
        assertThat(reload.drain((drained, _) -> drained.undrain(prefix), used::add, String::valueOf)
                        .done())
                .isFalse();
    }

    @Test
    void changesNoBindingWhereItCantBeUsed() {
        var binding =
                BindingText.binding(Map.of("protocol", "tcp", "ipv4", "192.0.2.1:80", "ipv6", "[2001:db8::80]:80"));

        var result = reload.rebind(
                (live, of, first) -> live.add(binding, of, first),
                _ -> {
                    throw new IllegalArgumentException("outside pool4");
                },
                "added");

        assertThat(result.done()).isFalse();
        assertThat(result.text()).isEqualTo("outside pool4");
        assertThat(reload.live()).isEqualTo(LiveBindings.NONE);
    }

    @Test
    void saysWhyItCouldNotBeUsed() {
        var result = reload.take(_ -> {
            throw new IllegalArgumentException("/etc/ca.pem: there is no such file");
        });

        assertThat(result.done()).isFalse();
        assertThat(result.text()).isEqualTo("/etc/ca.pem: there is no such file");
        assertThat(reload.status().successful()).isFalse();
    }

    @Test
    void followsTheHostOnceTwoLooksAgree() {
        onHost = Clients.PRIVATE;
        assertThat(reload.follow(used::add)).isFalse();
        assertThat(used).isEmpty();

        assertThat(reload.follow(used::add)).isTrue();
        assertThat(used)
                .extracting(GatewayConfig::clients)
                .containsExactly(ConfigFile.defaults().config().clients().plus(Clients.PRIVATE));

        assertThat(reload.follow(used::add)).isTrue();
        assertThat(used).as("nothing new").hasSize(1);
    }

    @Test
    void doesNotFollowWhatLastsForOneLookOnly() {
        reload.follow(used::add);
        reload.follow(used::add);
        used.clear();

        onHost = Clients.PRIVATE;
        reload.follow(used::add);
        onHost = Clients.NONE;

        assertThat(reload.follow(used::add)).isTrue();
        assertThat(used).isEmpty();
    }

    @Test
    void goesOnAfterAHostThatItCanNotFollow() {
        onHost = Clients.PRIVATE;
        reload.follow(used::add);

        assertThat(reload.follow(_ -> {
                    throw new IllegalArgumentException("not now");
                }))
                .isTrue();
        assertThat(reload.follow(used::add)).isTrue();
        assertThat(used).hasSize(1);
    }

    private Resolved resolve(GatewayConfig config) {
        return new Resolved(config.with(config.clients().plus(onHost), config.dns64()), List.of(), List.of());
    }
}
