// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import nat64.dns64.settings.NetworkLengths;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R-132")
class ResponseRatesTest {

    private static final int RATE = 10;

    private long now = -5; // clocks of this kind begin anywhere
    private final ResponseRates rates = new ResponseRates(RATE, ClientNetworks.DEFAULT, 42, () -> now);

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

    /** A flood from forged addresses of the network uses up its rate, but not that of a client that asked over TCP. */
    @Test
    void givesAClientThatAskedOverTcpARateOfItsOwn() {
        rates.proves(InetAddress.ofLiteral("192.0.2.7"));
        admitted("192.0.2.1", 100);

        assertThat(admitted("192.0.2.8", 100)).isZero();
        assertThat(admitted("192.0.2.7", 100)).isEqualTo(Math.max(1, RATE / ResponseRates.SHARE_OF_CLIENT));
    }

    @Test
    void forgetsAClientThatAskedOverTcpAfterAWhile() {
        rates.proves(InetAddress.ofLiteral("192.0.2.7"));
        now += TimeUnit.SECONDS.toNanos(ProvenClients.LIFETIME_SECONDS + 1);
        admitted("192.0.2.1", 100);

        assertThat(admitted("192.0.2.7", 100)).isZero();
    }

    @Test
    void countsByNetworksOfAnotherSize() {
        var of48 = new ClientNetworks(new NetworkLengths(48, 32));
        var other = new ResponseRates(1, of48, 42, () -> now);

        assertThat(other.admits(InetAddress.ofLiteral("2001:db8:0:1::1"))).isTrue();
        assertThat(other.admits(InetAddress.ofLiteral("2001:db8:0:ff00::1"))).isFalse();
        assertThat(other.admits(InetAddress.ofLiteral("192.0.2.1"))).isTrue();
        assertThat(other.admits(InetAddress.ofLiteral("192.0.2.2"))).isTrue();
    }

    @Test
    void knowsNoLimitIfThereIsNone() {
        var none = new ResponseRates(0, ClientNetworks.DEFAULT, 0, () -> 0);

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
