// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCookiesTest {

    private static final String SECRET = "e5e973e5a6b2a43f48e7dc849e37bfcf";
    private static final String LEARNT = "2464c4abcf10c957010000005cf79f111f8130c3eee29480";
    private static final byte[] CLIENT = address("198.51.100.100");
    private static final long MADE = 1_559_731_985;

    private final ServerCookies cookies = cookies(SECRET);

    /** RFC 9018, appendices A.1 to A.3. */
    @ParameterizedTest
    @CsvSource({
        "2464c4abcf10c957, 198.51.100.100, 1559731985, 010000005cf79f111f8130c3eee29480",
        "2464c4abcf10c957, 198.51.100.100, 1559734385, 010000005cf7a871d4a564a1442aca77",
        "fc93fc62807ddb86, 203.0.113.203, 1559734700, 010000005cf7a9acf73a7810aca2381e"
    })
    void makesTheCookiesOfTheStandard(String client, String address, long now, String server) {
        byte[] both = Arrays.copyOf(hex(client), ServerCookies.BOTH_COOKIES);
        cookies.renew(both, address(address), now);

        assertThat(both).asHexString().isEqualToIgnoringCase(client + server);
    }

    /** RFC 9018, appendix A.3: the hash goes over reserved bytes as they are. */
    @Test
    void takesCookiesWithReservedBytes() {
        assertThat(cookies.isGood(
                        hex("fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5"),
                        address("203.0.113.203"),
                        1_559_727_985))
                .isTrue();
    }

    @Test
    void makesAndTakesCookiesForIpv6() {
        byte[] both = Arrays.copyOf(hex("22681ab97d52c298"), ServerCookies.BOTH_COOKIES);
        cookies.renew(both, address("2001:db8:220:1::1"), MADE);

        assertThat(cookies.isGood(both, address("2001:db8:220:1::1"), MADE)).isTrue();
        assertThat(cookies.isGood(both, address("2001:db8:220:1::2"), MADE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "3600, true", "3601, false", "-300, true", "-301, false"})
    void takesCookiesOfAnHour(long age, boolean isGood) {
        assertThat(cookies.isGood(hex(LEARNT), CLIENT, MADE + age)).isEqualTo(isGood);
    }

    @Test
    void comparesTimesWhenTheyRunOver() {
        byte[] both = Arrays.copyOf(hex("22681ab97d52c298"), ServerCookies.BOTH_COOKIES);
        long last = 0xffff_ffffL;
        cookies.renew(both, CLIENT, last);

        assertThat(cookies.isGood(both, CLIENT, last + 60)).isTrue();
    }

    @Test
    void takesNoCookieOfAnotherClientAddressOrSecret() {
        assertThat(cookies.isGood(hex(LEARNT.replace("2464", "2465")), CLIENT, MADE))
                .isFalse();
        assertThat(cookies.isGood(hex(LEARNT), address("198.51.100.101"), MADE)).isFalse();
        assertThat(cookies("00".repeat(16)).isGood(hex(LEARNT), CLIENT, MADE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2464c4abcf10c957", LEARNT + "00", "2464c4abcf10c957020000005cf79f111f8130c3eee29480"})
    void takesNoCookieOfAnotherLengthOrVersion(String other) {
        assertThat(cookies.isGood(hex(other), CLIENT, MADE)).isFalse();
    }

    @Test
    void takesCookiesOfAnOlderSecretAndMakesThemWithTheNewest() {
        var rolled = cookies("00".repeat(16), SECRET);
        byte[] both = hex(LEARNT);
        assertThat(rolled.isGood(both, CLIENT, MADE)).isTrue();

        rolled.renew(both, CLIENT, MADE);
        assertThat(cookies.isGood(both, CLIENT, MADE)).isFalse();
        assertThat(rolled.isGood(both, CLIENT, MADE)).isTrue();
    }

    @Test
    void wantsSecretsOf16Bytes() {
        assertThatThrownBy(() -> cookies("00")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(ServerCookiesTest::cookies).isInstanceOf(IllegalArgumentException.class);
    }

    private static ServerCookies cookies(String... secrets) {
        return new ServerCookies(
                Arrays.stream(secrets).map(ServerCookiesTest::hex).toList());
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] address(String address) {
        return InetAddress.ofLiteral(address).getAddress();
    }
}
