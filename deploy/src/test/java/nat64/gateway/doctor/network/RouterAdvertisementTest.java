// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterAdvertisementTest {

    private static final String HEADER = "86000000400007080000000000000000";
    private static final String LINK_ADDRESS = "0101020000000301";

    @ParameterizedTest
    @CsvSource({
        "2602 0708 0064ff9b 00000000 00000000, 64:ff9b::/96",
        "2602 0709 20010db8 01220344 00000000, 2001:db8:122:344::/64",
        "2602 070a 20010db8 01220300 00000000, 2001:db8:122:300::/56",
        "2602 070b 20010db8 01220000 00000000, 2001:db8:122::/48",
        "2602 070c 20010db8 01000000 00000000, 2001:db8:100::/40",
        "2602 070d 20010db8 00000000 00000000, 2001:db8::/32",
    })
    void readsThePrefixOfEachLength(String option, String prefix) {
        assertThat(RouterAdvertisement.pref64s(bytes(HEADER + LINK_ADDRESS + option)))
                .hasValueSatisfying(found -> assertThat(found).containsExactly(Pref64.parse(prefix)));
    }

    @Test
    void ignoresWhatIsBeyondTheLength() {
        assertThat(RouterAdvertisement.pref64s(bytes(HEADER + "2602 070d 20010db8 01220344 00000000")))
                .hasValueSatisfying(found -> assertThat(found).containsExactly(Pref64.parse("2001:db8::/32")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "withdrawn,            2602 0000 0064ff9b 00000000 00000000",
        "unknown length code,  2602 070f 0064ff9b 00000000 00000000",
        "wrong option length,  2603 0708 0064ff9b 00000000 00000000 00000000 00000000",
        "another option,       1902 0000 00000708 00000000 00000000",
        "no Pref64 can be it,  2602 0708 fe800000 00000000 00000000",
    })
    void ignoresAnOptionThatNamesNoPref64(String why, String option) {
        assertThat(RouterAdvertisement.pref64s(bytes(HEADER + option)))
                .as(why)
                .hasValueSatisfying(found -> assertThat(found).isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another message,        85000000000000000000000000000000",
        "too short,              860000004000",
        "an option of length 0,  86000000400007080000000000000000 2600000000000000",
        "an option cut short,    86000000400007080000000000000000 2602070800000000",
    })
    void isNothingElse(String why, String message) {
        assertThat(RouterAdvertisement.pref64s(bytes(message))).as(why).isEmpty();
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
