// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.testbed.Daemon;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a host may have without being in the way, and what is told before a start. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class PreflightIT {

    private static final String PROXIES = "ip -4 neigh show proxy";

    private TestBed bed;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void spareAddressesOfTheUplinksNetworkServeAsPool4() throws Exception {
        var gateway = start("""
                translator: {masquerade: false, pool4: [{prefix: 192.52.193.64/31}]}
                """);
        ping();
        assertThat(Beds.run(bed.gateway(), PROXIES))
                .contains("192.52.193.64 dev internet")
                .contains("192.52.193.65 dev internet");
        assertThat(Beds.run(bed.server(), "ip -4 neigh show")).contains("192.52.193.6");

        Beds.run(bed.gateway(), "ip neigh delete proxy 192.52.193.64 dev internet");
        Beds.await(bed.gateway(), PROXIES + " | grep -q 192.52.193.64");

        gateway.terminate();
        gateway.awaitEnd(Beds.PATIENCE);
        assertThat(Beds.run(bed.gateway(), PROXIES)).isEmpty();
    }

    @Test
    void aPref64InsideAShorterRouteWorks() throws Exception {
        Beds.run(bed.gateway(), "ip -6 route add 64:ff9b::/32 via " + TestBed.CLIENT_ADDRESS);
        start("");
        ping();
    }

    @Test
    void checkAndStartTellWhatMayBeInTheWay() throws Exception {
        Beds.run(bed.gateway(), """
                nft add table ip6 filter
                nft add chain ip6 filter FORWARD '{ type filter hook forward priority 0; policy drop; }'
                nft add chain ip6 filter ufw6-before-forward
                nft add rule ip6 filter FORWARD accept
                """);
        var told =
                "firewall: the chain ip6 filter FORWARD drops forwarded packets that no rule accepts (ufw is in use);"
                        + " let them pass: ufw route allow in on nat64";

        assertThat(Beds.run(bed.gateway(), System.getenv("NAT64_LAUNCHER") + " check --config /dev/null"))
                .contains("warning: " + told);
        assertThat(start("").log()).contains(told);
        ping();
    }

    private Daemon start(String yaml) throws Exception {
        var file = bed.directory().resolve("nat64.yaml");
        Files.writeString(file, yaml);
        return bed.startReadyGateway("--config", file.toString());
    }

    private void ping() throws Exception {
        Beds.run(bed.client(), "ping -c 2 -i 0.2 -W 20 64:ff9b::" + TestBed.SERVER_ADDRESS);
    }
}
