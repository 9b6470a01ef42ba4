// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R-132")
class ResponseRatesTest {

    private static final int RATE = 10;

    private long now = -5; // clocks of this kind begin anywhere
    private final ResponseRates rates = new ResponseRates(RATE, 42, () -> now);

    @Test
    void admitsAsManyAsTheRateAtOnce() {
        assertThat(admitted("192.0.2.1", 100)).isEqualTo(RATE);
    }

    @Test
    void admitsTheRateEverySecond() {
        admitted("192.0.2.1", 100);
        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(admitted("192.0.2.1", 100)).isEqualTo(RATE);

        now += TimeUnit.SECONDS.toNanos(1) / 2;
        assertThat(admitted("192.0.2.1", 100)).isEqualTo(RATE / 2);

        now += TimeUnit.HOURS.toNanos(1);
        assertThat(admitted("192.0.2.1", 100)).isEqualTo(RATE);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.254, 0",
        "192.0.2.1, 192.0.3.1, 10",
        "2001:db8:0:1::1, 2001:db8:0:ff::2, 0",
        "2001:db8:0:1::1, 2001:db8:0:100::1, 10"
    })
    void countsByNetwork(String first, String second, int left) {
        admitted(first, RATE);

        assertThat(admitted(second, 100)).isEqualTo(left);
    }

    @Test
    void takesMappedAddressesForIpv4() throws UnknownHostException {
        admitted("192.0.2.1", RATE);
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 9};

        assertThat(rates.admits(Inet6Address.getByAddress("", mapped, 0))).isFalse();
    }

    @Test
    void doesNotLimitThisHostItself() {
        assertThat(admitted("127.0.0.1", 1000)).isEqualTo(1000);
        assertThat(admitted("::1", 1000)).isEqualTo(1000);
    }

    @Test
    void knowsNoLimitIfThereIsNone() {
        var none = new ResponseRates(0, 0, () -> 0);

        for (int i = 0; i < 1000; i++) {
            assertThat(none.admits(InetAddress.ofLiteral("192.0.2.1"))).isTrue();
        }
    }

    private int admitted(String client, int responses) {
        int count = 0;
        for (int i = 0; i < responses; i++) {
            count += rates.admits(InetAddress.ofLiteral(client)) ? 1 : 0;
        }
        return count;
    }
}
