// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pref64SearchTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "64:ff9b::/96",
                "2001:db8::/32",
                "2001:db8:100::/40",
                "2001:db8:122::/48",
                "2001:db8:122:300::/56",
                "2001:db8:122:344::/64",
                "2001:db8:122:344::/96"
            })
    void findsThePrefixOfEachLength(String prefix) {
        var pref64 = Pref64.parse(prefix);

        assertThat(search(embedded(pref64, "192.0.0.170"), embedded(pref64, "192.0.0.171"))
                        .pref64s())
                .containsExactly(pref64);
    }

    @Test
    void findsSeveralPrefixesInTheirOrder() {
        var found = search("2001:db8:64::c000:aa", "64:ff9b::c000:aa", "64:ff9b::c000:ab", "2001:db8:64::c000:ab");

        assertThat(found.pref64s()).containsExactly(Pref64.parse("2001:db8:64::/96"), Pref64.WELL_KNOWN);
        assertThat(found.strangers()).isEmpty();
    }

    /** RFC 7050, section 3: the prefix itself may hold one of the addresses. */
    @Test
    void theOtherAddressTellsWhichPlaceIsMeant() {
        var found = search("2001:db8:c000:aa::c000:aa", "2001:db8:c000:aa::c000:ab");

        assertThat(found.pref64s()).containsExactly(Pref64.parse("2001:db8:c000:aa::/96"));
    }

    @Test
    void oneAddressIsEnoughIfItStandsInOnePlaceOnly() {
        assertThat(search("64:ff9b::c000:aa").pref64s()).containsExactly(Pref64.WELL_KNOWN);
    }

    @Test
    void otherAddressesAreStrangers() {
        var found = search("64:ff9b::808:808", "64:ff9b::c000:ab");

        assertThat(found.pref64s()).containsExactly(Pref64.WELL_KNOWN);
        assertThat(found.strangers()).extracting(Object::toString).containsExactly("64:ff9b::808:808");
    }

    private static String embedded(Pref64 pref64, String ipv4) {
        return pref64.embed(Ipv4Address.parse(ipv4)).toString();
    }

    private static Pref64Search search(String... addresses) {
        List<InetAddress> answer =
                Stream.of(addresses).map(InetAddress::ofLiteral).toList();
        return Pref64Search.in(answer);
    }
}
