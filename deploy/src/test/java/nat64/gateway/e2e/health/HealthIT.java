// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.Commands;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets no longer get through although the gateway itself has all it needs, and it finds out and says why. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class HealthIT {

    private static final String PREFIX_UP = "dns64_prefix_up{prefix=\"64:ff9b::/96\",} ";
    private static final String NFT_DROP = "{ type filter hook forward priority 0; policy drop; }";

    /** Five seconds are promised; a busy machine may take longer to run the commands that look. */
    private static final long LONGEST_MILLIS = 15_000;

    private TestBed bed;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nft       | chain ip6 filter FORWARD drops  | nft add table ip6 filter;"
                        + " nft 'add chain ip6 filter FORWARD { type filter hook forward priority 0; policy drop; }'"
                        + " | nft delete table ip6 filter",
                "nft       | chain ip filter FORWARD drops   | nft add table ip filter;"
                        + " nft 'add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }'"
                        + " | nft delete table ip filter",
                "nft       | chain inet ufw forward drops    | nft add table inet ufw;"
                        + " nft 'add chain inet ufw forward { type filter hook forward priority 0; policy drop; }';"
                        + " nft add rule inet ufw forward ct state established,related accept"
                        + " | nft delete table inet ufw",
                "nft       | reached from inet site forward  | nft add table inet site;"
                        + " nft 'add chain inet site forward { type filter hook forward priority 0; }';"
                        + " nft add rule inet site forward meta l4proto udp drop | nft delete table inet site",
                "ip6tables | FORWARD                         | ip6tables -P FORWARD DROP | ip6tables -P FORWARD ACCEPT",
                "iptables  | FORWARD                         | iptables -P FORWARD DROP  | iptables -P FORWARD ACCEPT",
                "ip        | leads packets to 64:ff9b        | ip -6 rule add to 64:ff9b::/96 prohibit pref 7"
                        + " | ip -6 rule delete pref 7",
            })
    void whatDropsForwardedPacketsIsNamed(String tool, String why, String damage, String repair) throws Exception {
        assumeThat(Commands.locate(tool)).as("the command %s is there", tool).isPresent();
        bed.startReadyGateway();

        long began = System.nanoTime();
        Beds.run(bed.gateway(), damage);
        awaitReadiness(why);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        System.out.printf("%s: not ready after %d ms%n", damage, millis);
        assertThat(millis).isLessThan(LONGEST_MILLIS);
        awaitMetric(PREFIX_UP + "0.0");
        awaitMetric("nat64_health_probe_up{probe=\"64:ff9b::/96\",} 0.0");
        assertThat(Beds.run(bed.gateway(), "curl -sS http://127.0.0.1:6464/livez"))
                .startsWith("alive");

        Beds.run(bed.gateway(), repair);
        awaitReadiness("^ready$");
        awaitMetric(PREFIX_UP + "1.0");
    }

    @Test
    void anUplinkThatIsDownIsToldApartFromATargetThatIsDown() throws Exception {
        var file = bed.directory().resolve("nat64.yaml");
        Files.writeString(file, """
                dns64:
                  prefix-health:
                    - {pref64: "64:ff9b::/96", targets: [192.52.193.2:80], interval: 1s, timeout: 500ms, down-after: 2}
                """);
        bed.startReadyGateway("--config", file.toString());
        awaitMetric(PREFIX_UP + "1.0");

        Beds.run(bed.server(), "ip address delete 192.52.193.2/24 dev eth0");
        awaitMetric(PREFIX_UP + "0.0");
        assertThat(readiness()).isEqualToIgnoringNewLines("ready");

        Beds.run(bed.gateway(), "ip link set internet down");
        awaitReadiness("^no IPv4 uplink: all links with an IPv4 address are down: internet$");

        Beds.run(bed.server(), "ip address add 192.52.193.2/24 dev eth0");
        Beds.run(bed.gateway(), "ip link set internet up");
        awaitReadiness("^ready$");
        awaitMetric(PREFIX_UP + "1.0");
    }

    @Test
    void theDeviceOfTheProbeIsMadeAnew() throws Exception {
        bed.startReadyGateway();

        Beds.run(bed.gateway(), "ip link delete nat64-probe");

        Beds.await(bed.gateway(), "ip -4 route show dev nat64-probe 2>/dev/null | grep -q '^192.0.0.'");
        awaitReadiness("^ready$");
    }

    @Test
    void aFilterThatAcceptsTheDevicesOfTheGatewayLetsTheProbePass() throws Exception {
        Beds.run(bed.gateway(), "nft add table inet site");
        Beds.run(bed.gateway(), "nft 'add chain inet site forward " + NFT_DROP + "'");
        bed.startGateway();
        awaitReadiness("chain inet site forward drops");

        Beds.run(bed.gateway(), "nft 'add rule inet site forward iifname \"nat64*\" accept'");
        Beds.run(bed.gateway(), "nft 'add rule inet site forward oifname \"nat64*\" accept'");

        awaitReadiness("^ready$");
    }

    @Test
    void withoutADeviceOfItsOwnNothingIsSent() throws Exception {
        var file = bed.directory().resolve("nat64.yaml");
        Files.writeString(file, "translator: {device: {probe: false}}\n");
        bed.startReadyGateway("--config", file.toString());

        assertThat(Beds.run(bed.gateway(), "ip link")).contains("nat64:").doesNotContain("nat64-probe");
        assertThat(Beds.run(bed.gateway(), "curl -sS " + TestBed.METRICS_URL))
                .contains("nat64_health_probe_up{probe=\"uplink\",} 1.0")
                .contains("nat64_health_probe_up{probe=\"dns64\",} 1.0")
                .doesNotContain("probe=\"64:ff9b::/96\"");
    }

    @Test
    void aDns64WithoutATranslatorIsAskedToo() throws Exception {
        var file = bed.directory().resolve("nat64.yaml");
        Files.writeString(file, "role: dns64\nclients: [2001:db8:1::2/128]\n"); // not the host itself
        bed.startReadyGateway("--config", file.toString());

        assertThat(Beds.run(bed.gateway(), "curl -sS " + TestBed.METRICS_URL))
                .contains("nat64_health_probe_up{probe=\"dns64\",} 1.0")
                .doesNotContain("probe=\"uplink\"");
    }

    private String readiness() throws Exception {
        return Beds.run(bed.gateway(), "curl -sS " + TestBed.READY_URL);
    }

    private void awaitReadiness(String pattern) throws Exception {
        Beds.await(bed.gateway(), "curl -sS %s | grep -q '%s'".formatted(TestBed.READY_URL, pattern));
    }

    private void awaitMetric(String line) throws Exception {
        Beds.await(bed.gateway(), "curl -sS %s | grep -qF '%s'".formatted(TestBed.METRICS_URL, line));
    }
}
