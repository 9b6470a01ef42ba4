// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.Test;

/** What one gateway leaves, and what the next makes of it. */
class LeftBehindTest {

    private static final KernelSettings SETTINGS = new KernelSettings(Path.of("/proc/sys/net"));
    private static final Step SETTING = new Step.Write(Path.of("/proc/sys/net/ipv4/ip_forward"), "0");
    private static final Step TABLE = new Step.Run(List.of("nft", "delete table ip nat64"));
    private static final Step OFFLOAD = Step.Run.of("ethtool -K eth0 gro on");
    private static final HostPlan PLAN = new HostPlan(
            new HostPlan.Device(
                    "nat64", Ipv6Address.parse("64:ff9b:1:ffff::1"), Ipv6Address.parse("64:ff9b:1:ffff::2")),
            List.of(Ipv6Prefix.parse("64:ff9b::/96")),
            List.of(Ipv4Prefix.parse("192.0.2.0/24")),
            true,
            Optional.empty());
    private static final LastingDevice LASTING = new LastingDevice(PLAN);
    private static final Step DEVICE = LASTING.removal();

    @Test
    void settingsTableAndDeviceStayForAGatewayThatNeedsThem() {
        var left = LeftBehind.of(
                List.of(DEVICE, SETTING, TABLE), List.of(HostChanges.masquerade(PLAN)), Optional.of(DEVICE));

        assertThat(left.kept()).containsExactly(DEVICE, SETTING, TABLE);
        assertThat(left.obsolete()).isEmpty();
    }

    @Test
    void aTableOrDeviceThatIsNoLongerWantedGoes() {
        var left = LeftBehind.of(List.of(DEVICE, SETTING, TABLE), List.of(), Optional.empty());

        assertThat(left.kept()).containsExactly(SETTING);
        assertThat(left.obsolete()).containsExactly(DEVICE, TABLE);
    }

    @Test
    void whatCannotBeDoneTwiceIsUndoneFirst() {
        var again = Change.undoable(Step.Run.of("ethtool -K eth0 gro off"), OFFLOAD);

        assertThat(LeftBehind.of(List.of(OFFLOAD), List.of(again), Optional.empty())
                        .obsolete())
                .containsExactly(OFFLOAD);
    }

    @Test
    void aDeviceWithAllAddressesAndRoutesNeedsNothing() {
        assertThat(LASTING.isSetUp(SETTINGS, state(Set.of("64:ff9b:1:ffff::1"), "192.0.2.0/24")))
                .isTrue();
    }

    @Test
    void aDeviceWithoutItsAddressOrWithRoutesOfAnotherConfigurationIsSetUpAnew() {
        assertThat(LASTING.isSetUp(SETTINGS, state(Set.of(), "192.0.2.0/24"))).isFalse();
        assertThat(LASTING.isSetUp(SETTINGS, state(Set.of("64:ff9b:1:ffff::1"))))
                .isFalse();
        assertThat(LASTING.isSetUp(SETTINGS, state(Set.of("64:ff9b:1:ffff::1"), "192.0.2.0/24", "198.51.100.0/24")))
                .isFalse();
    }

    private static HostState state(Set<String> addresses, String... pool4) {
        return new HostState(
                Optional.of(new HostState.Device(true, HostChanges.MTU, addresses)),
                Set.of(
                        Ipv6Prefix.parse("64:ff9b:1:ffff::1/128"),
                        Ipv6Prefix.parse("64:ff9b:1:ffff::2/128"),
                        Ipv6Prefix.parse("64:ff9b::/96")),
                Set.copyOf(List.of(pool4).stream().map(Ipv4Prefix::parse).toList()),
                Map.of(),
                Map.of());
    }
}
