// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tables as Linux 6.1 prints them. */
class DefaultRoutesTest {

    private static final String ZERO = "0".repeat(32);
    private static final String REJECTED =
            ZERO + " 00 " + ZERO + " 00 " + ZERO + " ffffffff 00000001 00000000 00200200       lo";

    @Test
    void theLinkOfTheIpv6DefaultRouteIsFound() {
        assertThat(DefaultRoutes.ipv6(
                        (REJECTED + "\n" + ipv6("00000400", "wlan0") + "\n" + ipv6("00000064", "eth0")).lines()))
                .contains("eth0");
        assertThat(DefaultRoutes.ipv6(REJECTED.lines())).isEmpty();
    }

    @Test
    void theLinkOfTheIpv4DefaultRouteIsFound() {
        var heading = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
        var network = "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";

        assertThat(DefaultRoutes.ipv4(
                        (heading + network + "clat\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n").lines()))
                .contains("clat");
        assertThat(DefaultRoutes.ipv4((heading + network).lines())).isEmpty();
    }

    private static String ipv6(String metric, String link) {
        return "%s 00 %s 00 20010db8000100000000000000000001 %s 00000001 00000000 00000003     %s"
                .formatted(ZERO, ZERO, metric, link);
    }
}
