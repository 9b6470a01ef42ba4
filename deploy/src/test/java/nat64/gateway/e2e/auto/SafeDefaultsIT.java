// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.auto;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is served without any configuration. The link of the server has IPv6 here, too: strangers, or clients. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class SafeDefaultsIT {

    private static final String SERVER = "64:ff9b::" + TestBed.SERVER_ADDRESS;
    private static final String ASK = "dig +time=2 +tries=2 ipv4only.example.org AAAA @";

    private TestBed bed;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
        Beds.run(bed.server(), """
                echo 0 >/proc/sys/net/ipv6/conf/all/disable_ipv6; echo 0 >/proc/sys/net/ipv6/conf/eth0/disable_ipv6
                ip -6 address add 2001:db8:2::2/64 dev eth0 nodad && ip -6 route add 64:ff9b::/96 via 2001:db8:2::1
                """);
        Beds.run(bed.gateway(), "ip -6 address add 2001:db8:2::1/64 dev internet nodad");
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void hostsOfTheUplinkAreNoClientsIfTheHostHasAnotherLink() throws Exception {
        Beds.run(bed.gateway(), "ip -4 route add default via " + TestBed.SERVER_ADDRESS);
        var gateway = bed.startReadyGateway();

        assertThat(Beds.run(bed.client(), ASK + TestBed.GATEWAY_IPV6)).contains("64:ff9b::");
        Beds.run(bed.client(), "ping -c 1 -W 20 " + SERVER);

        assertThat(Beds.attempt(bed.server(), ASK + "2001:db8:2::1").isSuccess())
                .isFalse();
        assertThat(Beds.attempt(bed.server(), ASK + TestBed.GATEWAY_IPV4).isSuccess())
                .isFalse();
        assertThat(Beds.attempt(bed.server(), "ping -c 2 -W 1 " + SERVER).isSuccess())
                .isFalse();
        assertThat(gateway.log())
                .contains("auto: clients: the networks attached to clients: 2001:db8:1::/64")
                .contains("auto: no clients: the networks attached to internet: 2001:db8:2::/64, 192.52.193.0/24")
                .contains("auto: DNS on 2001:db8:1::1 of clients")
                .contains("auto: no DNS on 192.52.193.1 of internet");
        assertThat(Beds.run(bed.gateway(), System.getenv("NAT64_LAUNCHER") + " check --config /dev/null"))
                .contains("no clients: the networks attached to internet: 2001:db8:2::/64, 192.52.193.0/24")
                .contains("no DNS on 192.52.193.1 of internet");
    }

    @Test
    void hostsOfTheOnlyLinkAreClientsButForAPublicIpv4Network() throws Exception {
        Beds.run(bed.gateway(), """
                ip link delete clients && ip address add 10.1.1.1/24 dev internet
                ip -4 route add default via %s
                """.formatted(TestBed.SERVER_ADDRESS));
        Beds.run(bed.server(), "ip address add 10.1.1.2/24 dev eth0");
        var gateway = bed.startReadyGateway();

        Beds.run(bed.server(), "ping -c 1 -W 20 " + SERVER);
        assertThat(Beds.run(bed.server(), ASK + "2001:db8:2::1")).contains("64:ff9b::");
        assertThat(Beds.run(bed.server(), ASK + "10.1.1.1")).contains("64:ff9b::");

        assertThat(Beds.run(bed.server(), ASK + TestBed.GATEWAY_IPV4)).contains("status: REFUSED");
        assertThat(gateway.log()).contains("auto: no clients: 192.52.193.0/24, attached to internet; it is public");
    }
}
