// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.dns64.testing.Records;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.AAAARecord;

class ExclusionSetTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "::ffff:192.0.2.1,   true",
        "::ffff:0:0,         true",
        "::ffff:ffff:ffff,   true",
        "::fffe:192.0.2.1,   false",
        "::1:ffff:192.0.2.1, false",
        "ffff::1,            false",
        "64:ff9b::1,         false",
        "2001:db8::1,        false",
    })
    @Tag("R-29")
    void excludesMappedAddressesAndNothingElseByDefault(String address, boolean excluded) {
        assertThat(ExclusionSet.DEFAULT.excludes(aaaa(address))).isEqualTo(excluded);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"64:ff9b::1, true", "fec0::1, true", "::ffff:192.0.2.1, false"})
    @Tag("R-29")
    void excludesWhatItIsTold(String address, boolean excluded) {
        var set = new ExclusionSet(List.of(Ipv6Prefix.parse("64:ff9b::/96"), Ipv6Prefix.parse("fec0::/10")));

        assertThat(set.excludes(aaaa(address))).isEqualTo(excluded);
    }

    private static AAAARecord aaaa(String address) {
        return (AAAARecord)
                Records.records("www.example.org. 60 IN AAAA " + address).getFirst();
    }
}
