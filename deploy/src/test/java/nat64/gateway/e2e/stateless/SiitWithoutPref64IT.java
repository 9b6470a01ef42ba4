// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stateless gateway in whose table all hosts are (RFC 7755): each side knows the other by addresses of its own. */
@ExtendWith(NeedsBed.class)
class SiitWithoutPref64IT {

    private static final String CLIENT_IPV4 = "192.52.194.7";
    private static final String SERVER_IPV6 = "2001:db8:64::2";
    private static final long OCTETS = 2_000_000;

    @SuppressWarnings("NullAway.Init")
    private static TestBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = Beds.build();
        bed.server().run("ip route add " + CLIENT_IPV4 + " via " + TestBed.GATEWAY_IPV4);
        var configuration = bed.directory().resolve("siit.yaml");
        Files.writeString(
                configuration, """
                role: translator
                pref64: []
                translator:
                  mode: siit
                  stateless:
                    eam:
                      - {ipv4: %s, ipv6: "%s"}
                      - {ipv4: %s, ipv6: "%s", hosts: ipv4}
                """.formatted(CLIENT_IPV4, TestBed.CLIENT_ADDRESS, TestBed.SERVER_ADDRESS, SERVER_IPV6));
        bed.startReadyGateway("--config", configuration.toString());
    }

    @AfterAll
    static void remove() throws Exception {
        bed.close();
    }

    @Test
    @Tag("C-111")
    void pingsComeBackInBothDirections() throws Exception {
        var ping = "ping -c 3 -i 0.05 -W 20 ";
        assertThat(Beds.run(bed.client(), ping + SERVER_IPV6)).contains(" 0% packet loss");
        assertThat(Beds.run(bed.server(), ping + CLIENT_IPV4)).contains(" 0% packet loss");
    }

    @Test
    void aDownloadArrivesAsItWasSent() throws Exception {
        assertThat(Beds.run(
                        bed.client(), "curl -g -sS 'http://[" + SERVER_IPV6 + "]/octets/" + OCTETS + "' | sha256sum"))
                .startsWith(RandomBytes.sha256(OCTETS));
    }

    @Test
    void connectionsAreOpenedFromTheIpv4Side() throws Exception {
        assertThat(Beds.attempt(bed.server(), "exec 3<>/dev/tcp/" + CLIENT_IPV4 + "/9")
                        .output())
                .as("the client's own refusal")
                .contains("Connection refused");
    }
}
