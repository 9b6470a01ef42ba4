// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.testbed.Daemon;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 464XLAT (RFC 6877): a CLAT on the IPv6-only client, and the gateway's NAT64 as the PLAT. */
@ExtendWith(NeedsBed.class)
class ClatIT {

    private static final String CLAT_ADDRESS = "2001:db8:1::c1a7";
    private static final long OCTETS = 20_000_000;

    @SuppressWarnings("NullAway.Init")
    private static TestBed bed;

    @SuppressWarnings("NullAway.Init")
    private static Daemon clat;

    @BeforeAll
    static void start() throws Exception {
        bed = Beds.build();
        bed.startReadyGateway();
        bed.gateway().run("ip -6 route add " + CLAT_ADDRESS + " via " + TestBed.CLIENT_ADDRESS);
        var configuration = bed.directory().resolve("clat.yaml");
        Files.writeString(configuration, """
                role: translator
                translator: {mode: clat, clat: {ipv6: "%s"}}
                admin: {enabled: false}
                """.formatted(CLAT_ADDRESS));
        clat = bed.startOnClient("--config", configuration.toString());
        Beds.await(bed.client(), "ip -4 route show default | grep -q nat64");
    }

    @AfterAll
    static void remove() throws Exception {
        bed.close();
    }

    @Test
    void theLinkCarriesNoIpv4() throws Exception {
        assertThat(client("ip -4 address show dev eth0")).isBlank();
        assertThat(client("ip -4 route show default")).contains("dev nat64").contains("src 192.0.0.1");
    }

    @Test
    void anIpv4OnlyProgramReachesAnIpv4Address() throws Exception {
        assertThat(client("curl -4 -sS http://" + TestBed.SERVER_ADDRESS + "/octets/" + OCTETS + " | sha256sum"))
                .as(clat.log())
                .startsWith(RandomBytes.sha256(OCTETS));
    }

    @Test
    void anIpv4OnlyProgramSendsALargeFile() throws Exception {
        var line = "head -c 5000000 /dev/zero | tee >(sha256sum | cut -c1-64 >&2) | curl -4 -sS -T - http://"
                + TestBed.SERVER_ADDRESS + "/sha256";
        assertThat(client(line))
                .contains(client("head -c 5000000 /dev/zero | sha256sum | cut -c1-64")
                        .strip());
    }

    @Test
    void pingsThatNeedNoFragmentsComeBack() throws Exception {
        for (var octets : new String[] {"0", "56", "1200"}) {
            assertThat(client("ping -4 -c 3 -i 0.05 -W 20 -s " + octets + " " + TestBed.SERVER_ADDRESS))
                    .contains(" 0% packet loss");
        }
    }

    @Test
    void datagramsAreEchoed() throws Exception {
        assertThat(client("exec 3<>/dev/udp/" + TestBed.SERVER_ADDRESS
                        + "/7 && printf sixfour >&3 && timeout 60 head -c 7 <&3"))
                .isEqualTo("sixfour");
    }

    @Test
    void tracerouteSeesTheWayToTheServer() throws Exception {
        var hops = client("traceroute -4 -n -q 1 -w 10 -m 8 " + TestBed.SERVER_ADDRESS)
                .lines()
                .skip(1)
                .toList();
        assertThat(hops).hasSizeBetween(2, 6);
        assertThat(hops.getLast()).contains(TestBed.SERVER_ADDRESS);
        assertThat(hops).as("the gateway has an IPv6 address only there").anyMatch(hop -> hop.contains("192.0.0.8"));
    }

    private static String client(String line) throws Exception {
        return Beds.run(bed.client(), line);
    }
}
