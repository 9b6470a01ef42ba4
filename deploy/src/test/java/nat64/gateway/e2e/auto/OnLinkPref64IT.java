// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.e2e.pcap.NeedsLibpcap;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Pref64 is a part of the network that the client is on: it asks for each address there by neighbor discovery. */
@ExtendWith({NeedsBed.class, NeedsLibpcap.class})
@SuppressWarnings("NullAway.Init")
class OnLinkPref64IT {

    private static final String SERVER = "2001:db8:1:0:64::" + TestBed.SERVER_ADDRESS;
    private static final String ASK = "ping -c 1 -W 1 " + SERVER;

    private TestBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = Beds.build();
        var config = bed.directory().resolve("nat64.yaml");
        Files.writeString(config, "role: translator\npref64: ['2001:db8:1:0:64::/96']\n");
        bed.startReadyGateway("--config", config.toString());
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void isAnsweredForByTheGateway() throws Exception {
        Beds.await(bed.client(), ASK);
        assertThat(Beds.run(bed.client(), "ip -6 neigh show " + SERVER)).contains("router");
        assertThat(Beds.run(bed.client(), "curl -sS -m 60 http://[%s]/octets/5".formatted(SERVER)))
                .isNotEmpty();
    }

    @Test
    void isAnsweredForAgainWhenTheLinkHasBeenDown() throws Exception {
        Beds.await(bed.client(), ASK);

        Beds.run(bed.gateway(), """
                ip link set clients down && ip link set clients up
                ip -6 address replace %s/64 dev clients nodad
                """.formatted(TestBed.GATEWAY_IPV6));
        Beds.run(bed.client(), "ip -6 neigh flush dev eth0");

        Beds.await(bed.client(), ASK);
    }
}
