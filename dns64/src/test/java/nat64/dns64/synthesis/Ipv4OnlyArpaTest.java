// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class Ipv4OnlyArpaTest {

    private final View view = View.of(List.of(Pref64.WELL_KNOWN, Pref64.parse("2001:db8:122:344::/64")));

    @Test
    @Tag("R-81")
    void hasItsTwoAddresses() {
        assertThat(text(answer("ipv4only.arpa.", Type.A).sections().answer()))
                .containsExactly("ipv4only.arpa. 3600 IN A 192.0.0.170", "ipv4only.arpa. 3600 IN A 192.0.0.171");
    }

    @Test
    @Tag("R-81")
    void hasTwoAddressesUnderEachPrefixEvenUnderTheWellKnownOne() {
        assertThat(text(answer("IPv4only.ARPA.", Type.AAAA).sections().answer()))
                .containsExactly(
                        "ipv4only.arpa. 3600 IN AAAA 64:ff9b:0:0:0:0:c000:aa",
                        "ipv4only.arpa. 3600 IN AAAA 64:ff9b:0:0:0:0:c000:ab",
                        "ipv4only.arpa. 3600 IN AAAA 2001:db8:122:344:c0:0:aa00:0",
                        "ipv4only.arpa. 3600 IN AAAA 2001:db8:122:344:c0:0:ab00:0");
    }

    @ParameterizedTest
    @ValueSource(ints = {Type.TXT, Type.MX, Type.NS, Type.SOA, Type.HTTPS, Type.ANY, Type.DNSKEY})
    @Tag("R-82")
    void hasNoOtherType(int type) {
        var answer = answer("ipv4only.arpa.", type);

        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.sections().answer()).isEmpty();
        assertThat(answer.sections().negativeTtl()).hasValue(3600);
    }

    @Test
    @Tag("R-82")
    void hasNothingBelowIt() {
        var answer = answer("www.ipv4only.arpa.", Type.AAAA);

        assertThat(answer.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.sections().negativeTtl()).isPresent();
    }

    @Test
    @Tag("R-82")
    void leavesTheProofThatItIsNotSignedToTheUpstream() {
        assertThat(Ipv4OnlyArpa.answer(name("ipv4only.arpa."), Type.DS, view)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"arpa.", "example.org.", "notipv4only.arpa.", "ipv4only.arpa.example.org."})
    void leavesOtherNamesToTheUpstream(String other) {
        assertThat(Ipv4OnlyArpa.answer(name(other), Type.AAAA, view)).isEmpty();
    }

    private LocalAnswer answer(String name, int type) {
        return Ipv4OnlyArpa.answer(name(name), type, view).orElseThrow();
    }
}
