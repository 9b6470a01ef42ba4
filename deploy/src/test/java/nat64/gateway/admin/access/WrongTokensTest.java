// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What networks may guess. */
class WrongTokensTest {

    private static final InetAddress ONE = InetAddress.ofLiteral("2001:db8:1::1");
    private static final InetAddress NEIGHBOR = InetAddress.ofLiteral("2001:db8:1::2");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.1");
    private static final long START = Long.MAX_VALUE - 7; // the clock overflows

    private final WrongTokens wrong = new WrongTokens();

    @Test
    void aNetworkIsRefusedAfterTenForTheRestOfAMinute() {
        for (int i = 0; i < WrongTokens.MOST_A_MINUTE; i++) {
            assertThat(wrong.areTooMany(ONE, START)).isFalse();
            wrong.add(ONE, START);
        }

        assertThat(wrong.areTooMany(NEIGHBOR, START + TimeUnit.SECONDS.toNanos(59)))
                .isTrue();
        assertThat(wrong.areTooMany(OTHER, START)).isFalse();
        assertThat(wrong.areTooMany(ONE, START + TimeUnit.SECONDS.toNanos(60))).isFalse();
        assertThat(wrong.statistics()).isEqualTo(new AdminStatistics(10, 1));
    }

    @Test
    void remembersSoManyNetworksAndNoMore() {
        for (int i = 0; i < WrongTokens.MOST_A_MINUTE; i++) {
            wrong.add(ONE, START);
        }
        for (int network = 0; network < 5000; network++) {
            wrong.add(InetAddress.ofLiteral("2001:db8:2:" + Integer.toHexString(network) + "::1"), START);
        }

        assertThat(wrong.areTooMany(ONE, START)).isFalse();
    }
}
