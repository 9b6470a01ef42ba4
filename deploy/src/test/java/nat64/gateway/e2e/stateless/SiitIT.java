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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stateless gateway: the IPv4 server knows the IPv6-only client by the address that the table gives it. */
@ExtendWith(NeedsBed.class)
class SiitIT {

    private static final String CLIENT_IPV4 = "192.52.194.7";
    private static final String SERVER_IPV6 = "64:ff9b::" + TestBed.SERVER_ADDRESS;
    private static final long OCTETS = 20_000_000;

    @SuppressWarnings("NullAway.Init")
    private static TestBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = Beds.build();
        bed.server().run("ip route add " + CLIENT_IPV4 + " via " + TestBed.GATEWAY_IPV4);
        var configuration = bed.directory().resolve("siit.yaml");
        Files.writeString(configuration, """
                role: translator
                translator:
                  mode: siit
                  stateless:
                    eam: [{ipv4: %s, ipv6: "%s"}]
                """.formatted(CLIENT_IPV4, TestBed.CLIENT_ADDRESS));
        bed.startReadyGateway("--config", configuration.toString());
    }

    @AfterAll
    static void remove() throws Exception {
        bed.close();
    }

    @Test
    void nothingHidesAddresses() throws Exception {
        assertThat(Beds.run(bed.gateway(), "nft list ruleset")).doesNotContain("masquerade");
        assertThat(Beds.run(bed.gateway(), "ip -4 route")).contains(CLIENT_IPV4 + " dev nat64");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 56, 1400})
    void pingsComeBackInBothDirections(int octets) throws Exception {
        var ping = "ping -c 3 -i 0.05 -W 20 -s " + octets + " ";
        assertThat(client(ping + SERVER_IPV6)).contains(" 0% packet loss");
        assertThat(server(ping + CLIENT_IPV4)).contains(" 0% packet loss");
    }

    @Test
    void aDownloadArrivesAsItWasSent() throws Exception {
        assertThat(client("curl -g -sS 'http://[" + SERVER_IPV6 + "]/octets/" + OCTETS + "' | sha256sum"))
                .startsWith(RandomBytes.sha256(OCTETS));
    }

    @Test
    void connectionsAreOpenedFromTheIpv4Side() throws Exception {
        assertThat(attemptOnServer("exec 3<>/dev/tcp/" + CLIENT_IPV4 + "/9"))
                .as("the client's own refusal")
                .contains("Connection refused");
    }

    @Test
    void datagramsAreEchoed() throws Exception {
        assertThat(client("exec 3<>/dev/udp/" + SERVER_IPV6 + "/7 && printf sixfour >&3 && timeout 60 head -c 7 <&3"))
                .isEqualTo("sixfour");
    }

    @Test
    void errorsAboutDatagramsComeBackToTheIpv4Side() throws Exception {
        assertThat(attemptOnServer(
                        "exec 3<>/dev/udp/" + CLIENT_IPV4 + "/9 && printf four >&3 && timeout 60 head -c 4 <&3"))
                .as("the client's Port Unreachable")
                .contains("Connection refused");
    }

    @Test
    void tracerouteFromTheIpv4SideEndsAtTheClient() throws Exception {
        var hops = server("traceroute -4 -n -q 1 -w 10 -m 8 " + CLIENT_IPV4)
                .lines()
                .skip(1)
                .toList();
        assertThat(hops.getLast()).contains(CLIENT_IPV4);
    }

    private static String client(String line) throws Exception {
        return Beds.run(bed.client(), line);
    }

    private static String server(String line) throws Exception {
        return Beds.run(bed.server(), line);
    }

    private static String attemptOnServer(String line) throws Exception {
        return Beds.attempt(bed.server(), line).output();
    }
}
