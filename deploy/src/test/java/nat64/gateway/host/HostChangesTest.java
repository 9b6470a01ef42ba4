// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nat64.gateway.system.HostException;
import nat64.translator.address.Eam;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostChangesTest {

    @TempDir
    private Path root;

    @BeforeEach
    void describeAHostThatIsNoRouter() throws IOException {
        write("ipv4/ip_forward", "0");
        write("ipv4/conf/all/accept_redirects", "1");
        write("ipv6/conf/all/forwarding", "0");
        for (var device : List.of("default", "eth0", "lo", "nat64")) {
            write("ipv4/conf/" + device + "/forwarding", "0");
            write("ipv6/conf/" + device + "/forwarding", "0");
            write("ipv6/conf/" + device + "/accept_ra", "0");
            write("ipv6/conf/" + device + "/disable_ipv6", "0");
        }
    }

    @Test
    void makesTheHostARouterAndTakesItBack() throws Exception {
        var changes = Forwarding.changes(settings(), "nat64");

        assertThat(changes)
                .containsSubsequence(change("ipv6/conf/all/forwarding", "1", "0"), change("ipv4/ip_forward", "1", "0"));
    }

    @Test
    void leavesARouterAlone() throws Exception {
        write("ipv4/ip_forward", "1");
        write("ipv6/conf/all/forwarding", "1");
        write("ipv6/conf/eth0/accept_ra", "1");

        assertThat(Forwarding.changes(settings(), "nat64")).isEmpty();
    }

    @Test
    void keepsRouterAdvertisementsHeardBeforeItForwards() throws Exception {
        write("ipv6/conf/eth0/accept_ra", "1");
        write("ipv6/conf/nat64/accept_ra", "1");
        write("ipv6/conf/lo/accept_ra", "1");

        assertThat(Forwarding.changes(settings(), "nat64"))
                .startsWith(change("ipv6/conf/eth0/accept_ra", "2", "1"))
                .doesNotContain(change("ipv6/conf/nat64/accept_ra", "2", "1"))
                .doesNotContain(change("ipv6/conf/lo/accept_ra", "2", "1"));
    }

    @Test
    void givesBackWhatTheKernelChangesAlongWithForwarding() throws Exception {
        write("ipv4/conf/eth0/forwarding", "1");
        write("ipv6/conf/eth0/forwarding", "1");
        write("ipv4/conf/all/accept_redirects", "0");

        assertThat(Forwarding.changes(settings(), "nat64"))
                .containsExactly(
                        change("ipv6/conf/eth0/forwarding", "1", "1"),
                        change("ipv6/conf/all/forwarding", "1", "0"),
                        change("ipv4/conf/all/accept_redirects", "0", "0"),
                        change("ipv4/conf/eth0/forwarding", "1", "1"),
                        change("ipv4/ip_forward", "1", "0"));
    }

    /** There is room for bursts before the device is up, and it is up before packets are routed to it. */
    @Test
    void bringsTheDeviceUpAndRoutesEveryPrefixToIt() throws Exception {
        assertThat(HostChanges.of(plan("nat64", true), settings()))
                .containsSubsequence(
                        Change.onDevice(new Step.Batch(
                                "-6",
                                List.of(
                                        "link set dev nat64 mtu 65535 txqueuelen 4096 addrgenmode none",
                                        "link set dev nat64 up",
                                        "address add 64:ff9b:1:ffff::1/128 dev nat64 nodad",
                                        "route add 64:ff9b:1:ffff::2/128 dev nat64",
                                        "route add 64:ff9b::/96 dev nat64",
                                        "route add 2001:db8:64::/96 dev nat64"))),
                        Change.onDevice(new Step.Batch("-4", List.of("route add 192.0.2.0/24 dev nat64"))));
    }

    @Test
    void turnsIpv6OnWhereTheDeviceHasItOff() throws Exception {
        write("ipv6/conf/nat64/disable_ipv6", "1");

        assertThat(HostChanges.of(plan("nat64", true), settings()))
                .contains(Change.onDevice(new Step.Write(root.resolve("ipv6/conf/nat64/disable_ipv6"), "0")));
    }

    @Test
    void masqueradesPool4InATableOfItsOwn() throws Exception {
        var masquerade = masquerade(plan("nat64", true)).orElseThrow();

        assertThat(masquerade.step().line())
                .contains("ip saddr { 192.0.2.0/24 } oifname != { \"nat64\", \"nat64-probe\" } masquerade");
        assertThat(masquerade.undo()).contains(new Step.Run(List.of("nft", "delete table ip nat64")));
    }

    @Test
    void doesNotMasqueradeWhenToldSo() throws Exception {
        assertThat(masquerade(plan("nat64", false))).isEmpty();
    }

    @Test
    void givesAHostBehindAClatAnIpv4AddressAndDefaultRoute() throws Exception {
        var plan = clat("192.0.0.1", "2001:db8:1::c1a7");
        assertThat(HostChanges.of(plan, settings()))
                .containsSubsequence(
                        Change.onDevice(Step.Run.of("ip -6 route add 2001:db8:1::c1a7/128 dev nat64")),
                        Change.onDevice(Step.Run.of("ip -4 address add 192.0.0.1/32 dev nat64")),
                        Change.onDevice(Step.Run.of("ip -4 route add default dev nat64 src 192.0.0.1 metric 20000")));
        assertThat(masquerade(plan)).isEmpty();
    }

    @Test
    void leavesTheAddressesOfANetworkBehindAClatToIt() throws Exception {
        assertThat(HostChanges.of(clat("192.168.7.0/24", "2001:db8:1:c1a7::/64"), settings()))
                .contains(
                        Change.onDevice(Step.Run.of("ip -6 route add 2001:db8:1:c1a7::/64 dev nat64")),
                        Change.onDevice(Step.Run.of("ip -4 route add default dev nat64 metric 20000")))
                .noneMatch(change -> change.step().line().contains("ip\t-4\taddress"));
    }

    @Test
    void namesTheTableAfterTheDevice() {
        assertThat(plan("nat64", true).nftTable()).isEqualTo("nat64");
        assertThat(plan("nat64-b", true).nftTable()).isEqualTo("nat64_b");
        assertThat(plan("tun.7", true).nftTable()).isEqualTo("nat64_tun_7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sixteen-letters-", "a b", "a/b", "-a", "a\"b"})
    void refusesANameThatNoDeviceCanHave(String device) {
        assertThatThrownBy(() -> plan(device, true)).isInstanceOf(IllegalArgumentException.class);
    }

    private Optional<Change> masquerade(HostPlan plan) throws HostException {
        return HostChanges.of(plan, settings()).stream()
                .filter(change -> change.step().line().startsWith("run\tnft"))
                .findFirst();
    }

    private static HostPlan.Device device(String name) {
        return new HostPlan.Device(
                name, Ipv6Address.parse("64:ff9b:1:ffff::1"), Ipv6Address.parse("64:ff9b:1:ffff::2"));
    }

    @Test
    void addsOnlyTheRoutesThatArePlannedAnewAndRemovesTheOthers() {
        var before = plan("nat64", false);
        var after = before.with(
                List.of(Ipv6Prefix.parse("64:ff9b::/96"), Ipv6Prefix.parse("2001:db8:65::/96")),
                List.of(Ipv4Prefix.parse("192.0.2.0/25")));

        assertThat(HostChanges.reconfiguration(before, after))
                .containsExactly(
                        new Step.Batch("-6", List.of("route replace 2001:db8:65::/96 dev nat64")),
                        new Step.Batch("-4", List.of("route replace 192.0.2.0/25 dev nat64")));
        assertThat(HostChanges.removal(before, after))
                .containsExactly(
                        new Step.Batch("-6", List.of("route delete 2001:db8:64::/96 dev nat64")),
                        new Step.Batch("-4", List.of("route delete 192.0.2.0/24 dev nat64")));
    }

    private static HostPlan plan(String device, boolean masquerade) {
        return new HostPlan(
                device(device),
                List.of(Ipv6Prefix.parse("64:ff9b::/96"), Ipv6Prefix.parse("2001:db8:64::/96")),
                List.of(Ipv4Prefix.parse("192.0.2.0/24")),
                masquerade,
                Optional.empty());
    }

    private static HostPlan clat(String ipv4, String ipv6) {
        return new HostPlan(device("nat64"), List.of(), List.of(), false, Optional.of(Eam.parse(ipv4, ipv6)));
    }

    private Change change(String setting, String now, String before) {
        return Change.undoable(
                new Step.Write(root.resolve(setting), now), new Step.Write(root.resolve(setting), before));
    }

    private KernelSettings settings() {
        return new KernelSettings(root);
    }

    private void write(String setting, String value) throws IOException {
        var file = root.resolve(setting);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value + "\n");
    }
}
